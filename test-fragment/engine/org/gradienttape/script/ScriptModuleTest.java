package org.gradienttape.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.gradienttape.layer.Shape;
import org.gradienttape.script.ScriptTensor.Role;
import org.junit.jupiter.api.Test;

/** The archive, entry by entry. */
class ScriptModuleTest {
    private static final int MANY = 70_001;

    private static Map<String, byte[]> entries(final ScriptModule module) throws IOException {
        final Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(module.toBytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static ScriptModule module(final ScriptTensor... tensors) {
        return new ScriptModule(
                "Mine", List.of(tensors), "def forward(self):\n  pass\n", new TreeMap<>(Map.of("a", "ä")));
    }

    @Test
    void allLiesInTheFolderOfTheClass() throws IOException {
        final Map<String, byte[]> entries =
                entries(module(new ScriptTensor("kernel", Shape.of(1), new float[1], Role.PARAMETER)));

        assertThat(entries.keySet())
                .containsExactly(
                        "mine/version",
                        "mine/data.pkl",
                        "mine/constants.pkl",
                        "mine/code/__torch__.py",
                        "mine/extra/a",
                        "mine/data/0");
        assertThat(entries.get("mine/version")).asString().isEqualTo("10\n");
        assertThat(new String(entries.get("mine/extra/a"), StandardCharsets.UTF_8))
                .isEqualTo("ä");
        assertThat(new String(entries.get("mine/code/__torch__.py"), StandardCharsets.UTF_8))
                .isEqualTo("""
                        class Mine(Module):
                          __parameters__ = ["kernel", ]
                          __buffers__ = []
                          kernel : Tensor
                          def forward(self):
                            pass
                        """);
    }

    /** The lowest byte first; more numbers than are written at a time. */
    @Test
    void eachTensorHasAnEntryOfItsNumbers() throws IOException {
        final float[] many = new float[MANY];
        for (int i = 0; i < MANY; i++) {
            many[i] = i;
        }

        final Map<String, byte[]> entries = entries(module(
                new ScriptTensor("one", Shape.of(), new float[] {1}, Role.BUFFER),
                new ScriptTensor("many", Shape.of(MANY), many, Role.PARAMETER)));

        assertThat(entries.get("mine/data/0")).containsExactly(0, 0, 0x80, 0x3f);
        final float[] read = new float[MANY];
        final ByteBuffer bytes = ByteBuffer.wrap(entries.get("mine/data/1")).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.remaining()).isEqualTo(4 * MANY);
        bytes.asFloatBuffer().get(read);
        assertThat(read).isEqualTo(many);
    }

    /**
     * Its sizes, its strides, and whether it has a gradient; J is a number of 4 bytes, ( and t enclose a tuple, 0x88 is true
     * and 0x89 false (docs.python.org/3/library/pickletools.html).
     */
    @Test
    void aTensorIsDescribedByItsSizesAndStrides() throws IOException {
        final String sizesAndStrides = "(J\2\0\0\0J\3\0\0\0J\4\0\0\0t" + "(J\14\0\0\0J\4\0\0\0J\1\0\0\0t";

        assertThat(pickled(Role.PARAMETER)).contains(sizesAndStrides + "\u0088");
        assertThat(pickled(Role.BUFFER)).contains(sizesAndStrides + "\u0089");
    }

    private static String pickled(final Role role) throws IOException {
        final ScriptTensor tensor = new ScriptTensor("t", Shape.of(2, 3, 4), new float[24], role);
        return new String(entries(module(tensor)).get("mine/data.pkl"), StandardCharsets.ISO_8859_1);
    }

    @Test
    void numbersThatDoNotFitTheShapeAreRefused() {
        assertThatThrownBy(() -> new ScriptTensor("kernel", Shape.of(2, 3), new float[5], Role.PARAMETER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kernel of shape 2 x 3 needs 6 numbers, not 5");
    }
}
