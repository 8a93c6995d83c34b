package org.gradienttape.host.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.api.node.NodeView;
import org.gradienttape.host.folder.AtomicFile;
import org.gradienttape.host.workflow.NodeInstance;

/**
 * The folder that gets the view of every node that has one as a file of its own: the node's page with its data in it.
 *
 * <p>A file is called as the node's folder in the workflow: "GradientTape Trainer (#3).html". The data stand in an element
 * of the type application/json with the id "initial-data"; in KNIME, which does not put it there, the page asks for them. What
 * it needs for that, {@code <script data-only-in="knime">}, is left out of the file: it is of no use there, and its licence is
 * KNIME's.
 */
final class ViewsDir implements ResultsDir {

    private static final String END_OF_HEAD = "</head>";
    private static final Pattern ONLY_IN_KNIME =
            Pattern.compile("<script data-only-in=\"knime\">.*?</script>\\R?", Pattern.DOTALL);

    private final Path folder;

    /** @param folder exists */
    ViewsDir(final Path folder) {
        this.folder = folder;
    }

    @Override
    public String what() {
        return "view";
    }

    @Override
    public void write(final NodeInstance node) throws IOException, NodeFailure {
        final Optional<NodeView> view = node.body().view();
        if (view.isPresent()) {
            final String page = ONLY_IN_KNIME.matcher(view.get().html()).replaceAll("");
            final String json = view.get().json(node.outputs().internal());
            final byte[] file = filled(page, json).getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(folder.resolve(node.folder() + ".html"), out -> out.write(file));
        }
    }

    /** The page with its data; a data string that looks like the end of the element must not end it. */
    private static String filled(final String page, final String json) throws NodeFailure {
        final int end = page.indexOf(END_OF_HEAD);
        if (end < 0) {
            throw new NodeFailure(
                    "The page of the view has no " + END_OF_HEAD + ", before which its data would stand.");
        }
        return page.substring(0, end)
                + "<script type=\"application/json\" id=\"initial-data\">" + json.replace("<", "\\u003c")
                + "</script>\n"
                + page.substring(end);
    }
}
