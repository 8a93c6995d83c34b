package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.nodes.modelbuilder.ModelBuilderNodeFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A page as KNIME shows it: in a frame, without data of its own. It asks the window around it by messages, as the package
 * ui-extension-service does; these tests answer as KNIME's frame does.
 */
class KnimeViewTest {
    private static final String DATA = """
            {"title":"Model Builder","network":"{\\"input_shape\\":[4],\\"layers\\":[{\\"type\\":\\"Dense\\",\\"units\\":2}]}",\
            "input":[4],"layers":[{"name":"dense","type":"Dense","output":[2],"parameters":10,"connected":["input"],"trainable":true}],\
            "trainable":10}""";

    /** What the frame answers a request with; a promise resolves to what a service returned. */
    private static final String WINDOW = """
            <iframe id="frame" src="page.html" width="900" height="700"></iframe>
            <script>
            const asked = [];
            addEventListener("message", ({data, source}) => {
                if (data.type === "UIExtensionRequest") {
                    const {method, params} = data.payload;
                    asked.push(method);
                    source.postMessage(
                        {type: "UIExtensionResponse", requestId: data.requestId, payload: answer(method, params)}, "*");
                }
            });
            function answer(method, params) {
                %s
            }
            </script>""";

    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(
                folder.resolve("page.html"),
                NodeDeclaration.of(new ModelBuilderNodeFactory())
                        .behaviour()
                        .view()
                        .orElseThrow()
                        .html());
        browser = new Browser(folder.resolve("profile"));
    }

    @AfterAll
    static void close() throws IOException {
        browser.close();
    }

    @Test
    void theDataComeWithTheConfiguration() throws IOException {
        open("return {nodeId: 'root:1', initialData: " + new Gson().toJson("{\"result\":" + DATA + "}") + "};");

        assertThat(inFrame(".layer strong")).isEqualTo("Input, Dense, Output");
        assertThat(browser.value("asked.join()").getAsString()).isEqualTo("getConfig");
    }

    @Test
    void orTheyAreAskedFor() throws IOException {
        open("return method === 'getConfig' ? {nodeId: 'root:1', projectId: 'p', workflowId: 'root'}"
                + " : params[0].serviceType === 'initial_data' && JSON.stringify({result: " + DATA + "});");

        assertThat(inFrame(".layer strong")).isEqualTo("Input, Dense, Output");
        assertThat(browser.value("asked.join()").getAsString()).isEqualTo("getConfig,callNodeDataService");
    }

    @Test
    void aNodeThatKeptNothingLeavesASentence() throws IOException {
        open("return {nodeId: 'root:1', initialData: '{\"result\":null}'};");

        assertThat(inFrame(".note"))
                .isEqualTo(
                        "Nothing to show: the node kept nothing for this view. If an older version executed it, reset and execute it.");
    }

    private static void open(final String answer) throws IOException {
        final Path window = Files.writeString(folder.resolve("window.html"), WINDOW.formatted(answer));
        browser.open(window);
        browser.enterFrame();
        browser.awaitView();
    }

    /** What the page in the frame says; leaves the frame. */
    private static String inFrame(final String selector) {
        final String text = String.join(", ", browser.texts(selector));
        browser.leaveFrame();
        return text;
    }
}
