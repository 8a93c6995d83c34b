package org.gradienttape.nodes.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradienttape.column.Column;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.MissingRule;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.UnknownRule;
import org.gradienttape.column.Windows;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.Limit;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.table.TableReader;
import org.gradienttape.data.table.TableRequest;
import org.gradienttape.data.table.TableRequest.Goal;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.execution.HostExecutionContext;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.table.DatasetTable.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.BufferedDataTable;

/** Rows of a table that became samples become rows again. */
class DatasetTableTest {
    private final FileStores stores = new FileStores();

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws IOException {
        stores.close();
    }

    @Test
    void rowsBecomeWhatTheyWere() throws Exception {
        final Dataset dataset = read(new Goal.Numbers(List.of("price"), true));

        final BufferedDataTable table = write(dataset, Samples.AUTOMATIC);

        assertThat(TableText.columns(table.getDataTableSpec()))
                .containsExactly("age double", "color string", "price double");
        assertThat(TableText.rows(table)).containsExactly("1.0 | red | 10.0", "? | blue | 20.0", "3.0 | ? | 30.0");
    }

    @Test
    void numbersAreThoseThatReachTheNetwork() throws Exception {
        final BufferedDataTable table = write(read(new Goal.Classes("price")), Samples.NUMBERS);

        assertThat(TableText.columns(table.getDataTableSpec()))
                .containsExactly("age double", "color=blue double", "color=red double", "price string");
        assertThat(TableText.rows(table))
                .containsExactly("-1.0 | 0.0 | 1.0 | 10", "0.0 | 1.0 | 0.0 | 20", "1.0 | 1.0 | 0.0 | 30");
    }

    @Test
    void samplesWithoutATargetHaveNoColumnForIt() throws Exception {
        assertThat(TableText.columns(
                        write(read(new Goal.Features()), Samples.AUTOMATIC).getDataTableSpec()))
                .containsExactly("age double", "color string");
    }

    /** What a window predicts is mostly one of its columns, and a number's column may be called as a category is. */
    @Test
    void namesThatComeTwiceGetANumber() throws Exception {
        final InputTable sales = new InputTable(
                TableText.table(
                        stores,
                        "day int, sales double, color string, color=red double",
                        "1 | 10 | red | 1",
                        "2 | 20 | blue | 2",
                        "3 | 30 | red | 3"),
                "table");
        final Dataset windows = TableReader.read(
                        new TableRequest(
                                sales,
                                Optional.empty(),
                                sales.columns().stream()
                                        .skip(1)
                                        .map(column -> new ColumnRule(
                                                column, NumberScaling.AS_IT_IS, MissingRule.REFUSE, UnknownRule.REFUSE))
                                        .toList(),
                                new Goal.Numbers(List.of("sales"), false),
                                Optional.empty(),
                                new ReadRequest.Split(new HeldOut.None(), false, new Limit.None()),
                                Optional.of(new Windows(sales.columns().get(0), Optional.empty(), 1, 1, false))),
                        folder.resolve("training"),
                        folder.resolve("held-out"),
                        done -> true)
                .training();

        final BufferedDataTable table = write(windows, Samples.AUTOMATIC);

        assertThat(TableText.columns(table.getDataTableSpec()))
                .containsExactly(
                        "sales double",
                        "color=blue double",
                        "color=red double",
                        "color=red (#1) double",
                        "sales (#1) double");
        assertThat(TableText.rows(table))
                .containsExactly("10.0 | 0.0 | 1.0 | 1.0 | 20.0", "20.0 | 1.0 | 0.0 | 2.0 | 30.0");
    }

    private BufferedDataTable write(final Dataset dataset, final Samples samples) throws Exception {
        return DatasetTable.write(
                dataset, samples, Integer.MAX_VALUE, new HostExecutionContext(Progress.unwatched(), stores.create()));
    }

    /** The mean age is 2, their deviation 1 where the missing one does not count; blue comes before red. */
    private Dataset read(final Goal goal) throws IOException {
        final InputTable table = new InputTable(
                TableText.table(
                        stores, "age int, color string, price double", "1 | red | 10", "? | blue | 20", "3 | ? | 30"),
                "table");
        final List<ColumnRule> rules = table.columns().stream()
                .filter(column -> !column.name().equals("price"))
                .map(DatasetTableTest::rule)
                .toList();
        return TableReader.read(
                        new TableRequest(
                                table,
                                Optional.empty(),
                                rules,
                                goal,
                                Optional.empty(),
                                new ReadRequest.Split(new HeldOut.None(), false, new Limit.None())),
                        folder.resolve("training"),
                        folder.resolve("held-out"),
                        done -> true)
                .training();
    }

    private static ColumnRule rule(final Column column) {
        return new ColumnRule(column, NumberScaling.STANDARDIZED, MissingRule.FILL, UnknownRule.REFUSE);
    }
}
