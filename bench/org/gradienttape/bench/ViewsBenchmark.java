package org.gradienttape.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.api.node.NodeView;
import org.gradienttape.host.execution.HostExecutionContext;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.log.EpochLogTable;
import org.gradienttape.nodes.log.StepLogTable;
import org.gradienttape.nodes.trainer.GradientTapeTrainerNodeFactory;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;

/**
 * The view of the GradientTape Trainer with 100,000 logged steps, two curves, in Chromium: how long it takes to draw, and
 * how long each answer to a person takes. It should be drawn in less than a second and stay smooth.
 */
public final class ViewsBenchmark {
    private static final int STEPS = 100_000;
    private static final int STEPS_PER_EPOCH = 1_000;
    private static final int RUNS = 5;
    private static final List<String> METRICS = List.of("Accuracy");
    private static final Pattern RESULT = Pattern.compile("<pre id=\"result\">(.*?)</pre>", Pattern.DOTALL);
    /** Runs behind the page's own module; reading a pixel has the browser finish what it draws. */
    private static final String MEASURE = """
            <script type="module">
            const canvases = () => [...document.querySelectorAll("canvas")];
            const finish = () => canvases().forEach(canvas => canvas.getContext("2d").getImageData(0, 0, 1, 1));
            finish();
            const lines = [["from opening the page to both charts drawn", performance.now()]];
            async function each(name, times, act) {
                const took = [];
                for (let i = 0; i < times; i++) {
                    const start = performance.now();
                    act(i);
                    await null;
                    finish();
                    took.push(performance.now() - start);
                }
                took.sort((a, b) => a - b);
                lines.push([`${name}, median of ${times}`, took[times >> 1]]);
                lines.push([`${name}, longest of ${times}`, took[times - 1]]);
            }
            const chart = document.querySelector(".chart");
            const press = key => chart.dispatchEvent(new KeyboardEvent("keydown", {key}));
            await each("cursor moved", 200, () => press("ArrowRight"));
            await each("zoomed in or out", 20, i => press(i % 2 ? "-" : "+"));
            const smoothing = document.getElementById("smoothing");
            await each("smoothing changed", 10, i => {
                smoothing.value = 0.9 + i / 100;
                smoothing.dispatchEvent(new Event("input"));
            });
            const result = document.createElement("pre");
            result.id = "result";
            result.textContent = lines.map(([name, time]) => `${name}\\t${time}`).join("\\n");
            document.body.append(result);
            </script>
            </body>""";

    private ViewsBenchmark() {}

    public static void main(final String[] args) throws IOException, InterruptedException, NodeFailure {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final Path page = Files.writeString(folder.path().resolve("view.html"), page());
            final List<String> best = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                smallest(best, measured(page, folder.path().resolve("profile" + run)));
            }
            final StringBuilder table = new StringBuilder(String.format(
                    Locale.ROOT,
                    "View of %,d logged steps, two curves, in Chromium; smallest of %d runs%n%s%n",
                    STEPS,
                    RUNS,
                    Machine.now()));
            best.forEach(line -> table.append(String.format(
                    Locale.ROOT, "%-48s %8.1f ms%n", line.split("\t")[0], Double.parseDouble(line.split("\t")[1]))));
            System.out.print(table);
            Results.write("views.txt", table.toString());
        }
    }

    /** Keeps the smaller time of each line. */
    private static void smallest(final List<String> best, final List<String> run) {
        for (int i = 0; i < run.size(); i++) {
            if (i == best.size()) {
                best.add(run.get(i));
            } else if (time(run.get(i)) < time(best.get(i))) {
                best.set(i, run.get(i));
            }
        }
    }

    private static double time(final String line) {
        return Double.parseDouble(line.split("\t")[1]);
    }

    private static String page() throws IOException, NodeFailure {
        NodeContestant.declarePorts();
        final NodeView view = NodeDeclaration.of(new GradientTapeTrainerNodeFactory())
                .behaviour()
                .view()
                .orElseThrow();
        try (FileStores stores = new FileStores()) {
            final HostExecutionContext context = new HostExecutionContext(Progress.unwatched(), stores.create());
            final PortObject[] kept = {steps(context), empty(context)};
            return view.html()
                    .replace(
                            "</head>",
                            "<script type=\"application/json\" id=\"initial-data\">" + view.json(Optional.of(kept))
                                    + "</script></head>")
                    .replace("</body>", MEASURE);
        }
    }

    private static BufferedDataTable steps(final HostExecutionContext context) {
        final DataTableSpec spec = StepLogTable.spec(METRICS);
        final BufferedDataContainer rows = context.createDataContainer(spec);
        final Random random = new Random(0);
        for (int step = 0; step < STEPS; step++) {
            final double loss = 2.3 * Math.exp(-step / 20_000.0) + 0.05 * Math.abs(random.nextGaussian());
            rows.addRowToTable(new DefaultRow(
                    RowKey.createRowKey((long) step),
                    new IntCell(step / STEPS_PER_EPOCH),
                    new IntCell(step % STEPS_PER_EPOCH),
                    new LongCell(64L * (step % STEPS_PER_EPOCH + 1)),
                    new DoubleCell(loss),
                    new DoubleCell(1 - loss / 4)));
        }
        rows.close();
        return rows.getTable();
    }

    private static BufferedDataTable empty(final HostExecutionContext context) {
        final BufferedDataContainer rows =
                context.createDataContainer(EpochLogTable.spec(METRICS, CallbacksConfig.NONE, false));
        rows.close();
        return rows.getTable();
    }

    /** One line per measurement: its name, a tab, milliseconds. */
    private static List<String> measured(final Path page, final Path profile) throws IOException, InterruptedException {
        final Process browser = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + profile,
                        "--window-size=1000,900",
                        "--dump-dom",
                        page.toUri().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        final String document = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        browser.waitFor();
        final Matcher result = RESULT.matcher(document);
        if (!result.find()) {
            throw new IOException("The page was not measured; its text ends with: "
                    + document.substring(Math.max(0, document.length() - 500)));
        }
        return result.group(1).lines().toList();
    }
}
