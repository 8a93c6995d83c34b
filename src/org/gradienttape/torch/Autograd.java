package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gradients as values, by libtorch's torch.autograd.grad: nothing is left in the sources, and the gradients can
 * themselves be recorded.
 */
enum Autograd {
    /** The record of the loss ends. */
    ONCE("False", "False"),
    /** The record of the loss stays for further gradients. */
    AGAIN("True", "False"),
    /** What computes the gradients is recorded too, so that gradients can be taken of them. */
    RECORDED("True", "True");

    private final String keepsRecord;
    private final String isRecorded;
    private final Map<Integer, ScriptFunction> byNumberOfSources = new ConcurrentHashMap<>();

    Autograd(final String keepsRecord, final String isRecorded) {
        this.keepsRecord = keepsRecord;
        this.isRecorded = isRecorded;
    }

    /**
     * @param loss one number, shape []
     * @param sources at least one
     * @return one per source, of its shape; zeros where the loss does not depend on it
     */
    List<NDArray> gradients(final NDArray loss, final List<NDArray> sources) {
        final NDArray[] arguments =
                Stream.concat(Stream.of(loss), sources.stream()).toArray(NDArray[]::new);
        return byNumberOfSources.computeIfAbsent(sources.size(), this::function).callAll(arguments);
    }

    /**
     * The same gradients for all that was watched at once: libtorch puts them into the leaves, which is faster, and good
     * for once.
     *
     * @param leaves all arrays that the loss was recorded from
     */
    static List<NDArray> gradientsOfLeaves(final NDArray loss, final List<NDArray> leaves) {
        final NDArray one = loss.getManager().ones(new Shape(), loss.getDataType());
        JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
        return leaves.stream().map(NDArray::getGradient).toList();
    }

    private ScriptFunction function(final int sources) {
        final List<String> names =
                IntStream.range(0, sources).mapToObj(number -> "x" + number).toList();
        return ScriptFunction.ofLines(
                body(names),
                "List[Tensor]",
                Stream.concat(Stream.of("loss"), names.stream()).toArray(String[]::new));
    }

    private String body(final List<String> names) {
        final StringBuilder lines = new StringBuilder("all = torch.autograd.grad([loss], [" + String.join(", ", names)
                + "], None, " + keepsRecord + ", " + isRecorded + ", True)\n");
        for (int i = 0; i < names.size(); i++) {
            lines.append(orZeros(i, names.get(i)));
        }
        return lines.append("return [")
                .append(names.stream().map(name -> "d" + name).collect(Collectors.joining(", ")))
                .append("]\n")
                .toString();
    }

    private static String orZeros(final int number, final String name) {
        return """
                g{name} = all[{number}]
                if torch.__is__(g{name}, None):
                  d{name} = torch.zeros_like({name})
                else:
                  d{name} = torch.contiguous(unchecked_cast(Tensor, g{name}))
                """.replace("{name}", name).replace("{number}", String.valueOf(number));
    }
}
