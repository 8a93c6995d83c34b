package org.gradienttape.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.gradienttape.state.Memory;

/**
 * The rows of both logs as arrays of numbers, so that a checkpoint of many rows is small and fast.
 *
 * @param losses how many a run has
 * @param metrics how many a run has
 */
record KeptRows(int losses, int metrics) {
    /** Keeps the rows, or puts the kept ones in their place. */
    void keep(final Memory memory, final List<TrainingLog.StepRow> steps, final List<TrainingLog.EpochRow> epochs) {
        keepSteps(memory.part("step rows"), steps);
        keepEpochs(memory.part("epoch rows"), epochs);
    }

    private void keepSteps(final Memory memory, final List<TrainingLog.StepRow> rows) {
        final int width = 3 + losses + metrics;
        final double[] kept = memory.numbers(
                "numbers",
                flat(
                        rows,
                        row -> numbers(List.of(
                                List.of((double) row.epoch(), (double) row.step(), (double) row.samplesSeen()),
                                row.losses(),
                                row.metrics()))));
        final List<Map<String, Double>> reported = keepReported(
                memory,
                kept.length / width,
                rows.stream().map(TrainingLog.StepRow::reported).toList());
        if (!memory.givesBack()) {
            return;
        }
        rows.clear();
        for (int i = 0; i < kept.length / width; i++) {
            final List<Double> row = row(kept, i, width);
            rows.add(new TrainingLog.StepRow(
                    row.get(0).intValue(),
                    row.get(1).intValue(),
                    row.get(2).longValue(),
                    row.subList(3, 3 + losses),
                    row.subList(3 + losses, width),
                    reported.get(i)));
        }
    }

    /** One column for each name, and beside it whether the row has it. */
    private static List<Map<String, Double>> keepReported(
            final Memory memory, final int count, final List<Map<String, Double>> rows) {
        final List<Map<String, Double>> kept = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            kept.add(new LinkedHashMap<>());
        }
        for (final String name : memory.texts("reported", Reported.names(rows.stream()))) {
            final Memory column = memory.part("reported " + name);
            final double[] numbers = column.numbers(
                    "numbers",
                    rows.stream()
                            .mapToDouble(row -> row.getOrDefault(name, 0.0))
                            .toArray());
            final byte[] there = new byte[rows.size()];
            for (int i = 0; i < there.length; i++) {
                there[i] = (byte) (rows.get(i).containsKey(name) ? 1 : 0);
            }
            final byte[] keptThere = column.bytes("there", there);
            for (int i = 0; i < count; i++) {
                if (keptThere[i] == 1) {
                    kept.get(i).put(name, numbers[i]);
                }
            }
        }
        return kept;
    }

    private void keepEpochs(final Memory memory, final List<TrainingLog.EpochRow> rows) {
        final int numbers = losses + metrics;
        final int rates = memory.integer(
                "learning rates",
                rows.isEmpty() ? 0 : rows.get(0).learningRates().size());
        final int validation = memory.integer(
                "validation numbers",
                rows.isEmpty() || rows.get(0).validationLosses().isEmpty() ? 0 : numbers);
        final int width = 3 + numbers + validation + rates;
        final double[] kept = memory.numbers(
                "numbers",
                flat(
                        rows,
                        row -> numbers(List.of(
                                List.of((double) row.epoch(), (double) row.steps(), row.seconds()),
                                row.losses(),
                                row.metrics(),
                                row.validationLosses(),
                                row.validationMetrics(),
                                row.learningRates()))));
        if (!memory.givesBack()) {
            return;
        }
        rows.clear();
        for (int i = 0; i < kept.length / width; i++) {
            final List<Double> row = row(kept, i, width);
            final List<Double> validated = row.subList(3 + numbers, 3 + numbers + validation);
            rows.add(new TrainingLog.EpochRow(
                    row.get(0).intValue(),
                    row.get(1).intValue(),
                    row.subList(3, 3 + losses),
                    row.subList(3 + losses, 3 + numbers),
                    validated.subList(0, validation == 0 ? 0 : losses),
                    validated.subList(validation == 0 ? 0 : losses, validation),
                    row.subList(3 + numbers + validation, width),
                    row.get(2)));
        }
    }

    private static <T> double[] flat(final List<T> rows, final Function<T, DoubleStream> numbers) {
        return rows.stream().flatMapToDouble(numbers).toArray();
    }

    private static DoubleStream numbers(final List<List<Double>> parts) {
        return parts.stream().flatMap(List::stream).mapToDouble(Double::doubleValue);
    }

    private static List<Double> row(final double[] all, final int row, final int width) {
        return Arrays.stream(all, row * width, (row + 1) * width).boxed().toList();
    }
}
