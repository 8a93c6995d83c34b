package org.gradienttape.workflows;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chromium without a window, driven by ChromeDriver over the WebDriver protocol (w3.org/TR/webdriver2). Pages are files:
 * nothing is fetched from a network.
 */
public final class Browser implements AutoCloseable {
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--window-size=1000,1000");
    /** The element of a WebDriver answer that names an element of the page. */
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    private static final String SHIFT = "\uE008";

    private final Process driver;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String session;

    /** @param profile an empty folder for the browser's own files */
    public Browser(final Path profile) throws IOException {
        driver = start();
        try {
            session = session(profile);
        } catch (final IOException e) {
            driver.destroy();
            throw e;
        }
    }

    private String session(final Path profile) throws IOException {
        final String server = "http://localhost:" + port(driver) + "/session";
        final List<String> flags = new ArrayList<>(FLAGS);
        flags.add("--user-data-dir=" + profile);
        final JsonElement answer = post(
                server,
                Map.of("capabilities", Map.of("alwaysMatch", Map.of("goog:chromeOptions", Map.of("args", flags)))));
        return server + "/" + answer.getAsJsonObject().get("sessionId").getAsString();
    }

    private static Process start() {
        try {
            return new ProcessBuilder("chromedriver", "--port=0")
                    .redirectErrorStream(true)
                    .start();
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "The tests of the views need Chromium and ChromeDriver, but the command chromedriver was not found."
                            + " Install both, on Debian with: apt-get install chromium chromium-driver",
                    e);
        }
    }

    private static String port(final Process driver) throws IOException {
        final BufferedReader output = driver.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            final Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return started.group(1);
            }
        }
        throw new IOException("ChromeDriver ended before it was ready; is its version that of Chromium?");
    }

    /** Opens a file and waits until its view, if it has one, is drawn. */
    public void open(final Path page) {
        command("url", Map.of("url", page.toUri().toString()));
        awaitView();
    }

    /** Waits until the view of the page is drawn. */
    void awaitView() {
        call("const done = arguments[0]; const view = document.querySelector('main');"
                + "(function wait() { view?.hasAttribute('aria-busy') ? requestAnimationFrame(wait) : done(); })();");
    }

    /** From now on, all is about the page in the first frame of this page. */
    void enterFrame() {
        command("frame", Map.of("id", 0));
    }

    /** Back to the page around the frame. */
    void leaveFrame() {
        command("frame/parent", Map.of());
    }

    /** Runs a script whose last argument is the function that ends it, and returns what that is given. */
    JsonElement call(final String script) {
        return command("execute/async", Map.of("script", script, "args", List.of()));
    }

    /** The value of an expression in the page. */
    JsonElement value(final String expression) {
        return command("execute/sync", Map.of("script", "return " + expression, "args", List.of()));
    }

    String text(final String selector) {
        return value("document.querySelector('" + selector + "').innerText").getAsString();
    }

    /** The texts of all elements that a selector finds. */
    List<String> texts(final String selector) {
        return list(value("[...document.querySelectorAll('" + selector + "')].map(found => found.innerText)"));
    }

    void click(final String selector) {
        command("element/" + find(selector) + "/click", Map.of());
    }

    /** Presses keys on an element, one after the other; with Shift held down if they begin with it. */
    void press(final String selector, final String... keys) {
        command("element/" + find(selector) + "/value", Map.of("text", String.join("", keys)));
    }

    static String withShift(final String key) {
        return SHIFT + key;
    }

    /** Moves the mouse to a point of an element, given as shares of its width and height. */
    void hover(final String selector, final double x, final double y) {
        mouse(List.of(move(selector, x, y)));
    }

    /** Drags the mouse from left to right over the middle of an element; from and to are shares of its width. */
    void drag(final String selector, final double from, final double to) {
        mouse(List.of(
                move(selector, from, 0.5),
                Map.of("type", "pointerDown", "button", 0),
                move(selector, (from + to) / 2, 0.5),
                move(selector, to, 0.5),
                Map.of("type", "pointerUp", "button", 0)));
    }

    void doubleClick(final String selector) {
        final Map<String, Object> down = Map.of("type", "pointerDown", "button", 0);
        final Map<String, Object> up = Map.of("type", "pointerUp", "button", 0);
        mouse(List.of(move(selector, 0.5, 0.5), down, up, down, up));
    }

    /** Shows pages as on a system that is set to light or dark. */
    void prefer(final String scheme) {
        command(
                "goog/cdp/execute",
                Map.of(
                        "cmd",
                        "Emulation.setEmulatedMedia",
                        "params",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme)))));
        // The page hears of it with the next frame, and has drawn itself anew with the one after.
        call("const done = arguments[arguments.length - 1];"
                + "requestAnimationFrame(() => requestAnimationFrame(() => done(null)))");
    }

    /** What the window shows, as a PNG file. */
    byte[] screenshot() {
        return Base64.getDecoder().decode(get("screenshot").getAsString());
    }

    /** The element main as a PNG file, with so many pixels for each pixel of the page. */
    public byte[] picture(final double scale) {
        final JsonObject size = value("(({offsetWidth: width, offsetHeight: height}) => ({width, height}))"
                        + "(document.querySelector('main'))")
                .getAsJsonObject();
        command(
                "goog/cdp/execute",
                Map.of(
                        "cmd",
                        "Emulation.setDeviceMetricsOverride",
                        "params",
                        Map.of(
                                "width",
                                size.get("width").getAsInt(),
                                "height",
                                size.get("height").getAsInt(),
                                "deviceScaleFactor",
                                scale,
                                "mobile",
                                false)));
        return screenshot();
    }

    /** Problems that the pages had since the last call. */
    List<String> problems() {
        return list(command("se/log", Map.of("type", "browser")));
    }

    private String find(final String selector) {
        return command("element", Map.of("using", "css selector", "value", selector))
                .getAsJsonObject()
                .get(ELEMENT)
                .getAsString();
    }

    private Map<String, Object> move(final String selector, final double x, final double y) {
        final JsonObject box = value("(element => { element.scrollIntoView({block: 'nearest'});"
                        + "const {left, top, width, height} = element.getBoundingClientRect();"
                        + "return {left, top, width, height}; })(document.querySelector('" + selector + "'))")
                .getAsJsonObject();
        return Map.of(
                "type",
                "pointerMove",
                "duration",
                0,
                "x",
                (int) (box.get("left").getAsDouble() + x * box.get("width").getAsDouble()),
                "y",
                (int) (box.get("top").getAsDouble() + y * box.get("height").getAsDouble()));
    }

    private void mouse(final List<Map<String, Object>> actions) {
        command("actions", Map.of("actions", List.of(Map.of("type", "pointer", "id", "mouse", "actions", actions))));
    }

    private static List<String> list(final JsonElement array) {
        final JsonArray elements = array.getAsJsonArray();
        return elements.asList().stream()
                .map(element -> element.isJsonPrimitive() ? element.getAsString() : element.toString())
                .toList();
    }

    private JsonElement command(final String name, final Map<String, ?> body) {
        try {
            return post(session + "/" + name, body);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonElement get(final String name) {
        try {
            return send(HttpRequest.newBuilder(URI.create(session + "/" + name)).build());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonElement post(final String address, final Map<String, ?> body) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(address))
                .POST(HttpRequest.BodyPublishers.ofString(new Gson().toJson(body)))
                .build());
    }

    private JsonElement send(final HttpRequest request) throws IOException {
        try {
            final HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            final JsonElement value =
                    JsonParser.parseString(response.body()).getAsJsonObject().get("value");
            if (response.statusCode() != 200) {
                throw new IOException("ChromeDriver refused " + request.uri() + ": " + value);
            }
            return value;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            send(HttpRequest.newBuilder(URI.create(session)).DELETE().build());
        } finally {
            driver.destroy();
        }
    }
}
