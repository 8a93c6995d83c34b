package org.gradienttape.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.MissingRule;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.UnknownRule;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.Limit;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.data.table.TableReader;
import org.gradienttape.data.table.TableRequest;

/**
 * Seconds to make two datasets of a table of 1,000,000 rows and 20 columns: 17 of numbers and 2 of text as features, and one
 * of classes. The cells are computed when they are asked for, so that the time is that of the reading. Run it with a heap
 * of 512 MB: {@code JAVA_TOOL_OPTIONS=-Xmx512m ./gradienttape bench tables}.
 */
public final class TablesBenchmark {
    private static final int ROUNDS = 5;
    private static final int ROWS = 1_000_000;
    private static final int NUMBERS = 17;
    private static final String[] TEXTS = {"red", "green", "blue", "black", "white"};
    private static final String TARGET = "class";

    private TablesBenchmark() {}

    public static void main(final String[] args) throws IOException {
        final StringBuilder text = new StringBuilder();
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            double seconds = Double.MAX_VALUE;
            double processors = Double.MAX_VALUE;
            long samples = 0;
            for (int i = 0; i < ROUNDS; i++) {
                final Path training = folder.path().resolve("training");
                final Path heldOut = folder.path().resolve("held-out");
                final long start = System.nanoTime();
                final long processorStart = processorNanos();
                final DatasetPair read = TableReader.read(request(), training, heldOut, done -> true);
                processors = Math.min(processors, (processorNanos() - processorStart) / 1e9);
                seconds = Math.min(seconds, (System.nanoTime() - start) / 1e9);
                samples =
                        read.training().samples() + read.heldOut().orElseThrow().samples();
                new TemporaryFolder(training).close();
                new TemporaryFolder(heldOut).close();
            }
            text.append(String.format(
                    Locale.ROOT,
                    "Making datasets of a table of %,d rows and %d columns, minimum of %d rounds%n%s%nheap at most %d"
                            + " MB%n%.2f s: %,.0f rows/s; %.2f s of processors: %,.0f rows/s per processor%n",
                    samples,
                    NUMBERS + 3,
                    ROUNDS,
                    Machine.now(),
                    Runtime.getRuntime().maxMemory() >> 20,
                    seconds,
                    ROWS / seconds,
                    processors,
                    ROWS / processors));
        }
        System.out.print(text);
        Results.write("tables.txt", text.toString());
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static TableRequest request() {
        final TableRows table = new ComputedRows();
        final List<ColumnRule> rules = table.columns().stream()
                .filter(column -> !column.name().equals(TARGET))
                .map(column -> new ColumnRule(column, NumberScaling.STANDARDIZED, MissingRule.FILL, UnknownRule.REFUSE))
                .toList();
        return new TableRequest(
                table,
                Optional.empty(),
                rules,
                new TableRequest.Goal.Classes(TARGET),
                Optional.empty(),
                new ReadRequest.Split(new HeldOut.StratifiedFraction(0.2, 1), false, new Limit.None()));
    }

    private static final class ComputedRows implements TableRows {
        @Override
        public String name() {
            return "table";
        }

        @Override
        public List<Column> columns() {
            final List<Column> columns = new ArrayList<>();
            for (int i = 0; i < NUMBERS; i++) {
                columns.add(new Column("number " + i, Kind.NUMBER));
            }
            columns.add(new Column("color", Kind.TEXT));
            columns.add(new Column("other color", Kind.TEXT));
            columns.add(new Column(TARGET, Kind.TEXT));
            return columns;
        }

        @Override
        public Cursor open() {
            return new ComputedCursor();
        }
    }

    private static final class ComputedCursor implements TableRows.Cursor {
        private int row = -1;

        @Override
        public boolean next() {
            row++;
            return row < ROWS;
        }

        @Override
        public String place() {
            return "Row " + (row + 1);
        }

        @Override
        public double fraction() {
            return (double) row / ROWS;
        }

        @Override
        public double number(final int column) {
            return (row * 31L + column * 17L) % 1009;
        }

        @Override
        public String text(final int column) {
            return TEXTS[(row * 7 + column) % TEXTS.length];
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
