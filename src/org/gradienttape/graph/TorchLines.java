package org.gradienttape.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.tensor.Arithmetic;
import org.gradienttape.tensor.Convolution;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Function;
import org.gradienttape.tensor.Normalization;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Pooling;
import org.gradienttape.tensor.Reduction;
import org.gradienttape.tensor.Scalar;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;

/**
 * Writes the operations of a graph as lines of TorchScript: what nobody needs is left out, and several operations become one
 * call where the engine has one. Each line ends in a comment that names the layer.
 */
final class TorchLines {
    /** Decides what may be written over. */
    @FunctionalInterface
    interface Overwriting {
        /** Everything gets memory of its own. */
        Overwriting NOTHING = (result, operands, place) -> false;

        /** Whether the result is written over the first operand. */
        boolean of(Tensor result, List<Tensor> operands, int place);

        /**
         * Whether a loop may write over what it goes along.
         *
         * @param read all that it reads from outside
         */
        default boolean ofSequence(final Tensor sequence, final List<Tensor> read, final int place) {
            return false;
        }
    }

    /** What the program calls things. */
    interface Naming {
        /** The name of a tensor. */
        String of(Tensor tensor);

        /** The name of something that belongs to a tensor, the same each time. */
        String beside(Tensor tensor, String what);
    }

    /**
     * How lines are written.
     *
     * @param indent before each line
     * @param target what they are for
     * @param sizes how they say sizes
     */
    record Style(String indent, TorchWriter.Target target, TorchExpression.Sizes sizes) {}

    /**
     * The engine translates what is needed once within what needs it, one inside the other, on the stack of the thread: chains of
     * some thousands would end the process.
     */
    private static final int LONGEST_CHAIN = 100;

    private final Graph graph;
    private final Naming names;
    private final Style style;
    private final List<Tensor> order;
    private final Map<Tensor, Integer> uses;
    private final Fusion fusion;
    private final Loops loops;
    private final LoopLines loopLines;
    private Destinations destinations;
    private RowMemory row = RowMemory.NONE;
    private String deeper = "";
    private final Map<Tensor, Integer> chains = new IdentityHashMap<>();
    private final Set<Tensor> begun = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Memory that is there for results. */
    private final Map<Tensor, String> places = new IdentityHashMap<>();

    private final Set<Tensor> written = Collections.newSetFromMap(new IdentityHashMap<>());
    private final StringBuilder text = new StringBuilder();

    TorchLines(final Graph graph, final Naming names, final Style style) {
        this.graph = graph;
        this.names = names;
        this.style = style;
        final List<Tensor> needed = graph.needed();
        this.uses = graph.uses(needed);
        this.loops = new Loops(needed);
        this.fusion =
                new Fusion(needed, uses, loops, style.target(), graph.assigned().values());
        this.loopLines = new LoopLines(this, fusion, loops, uses);
        this.destinations = Destinations.none(fusion, loops);
        this.order = needed.stream()
                .filter(tensor -> !fusion.isAbsorbed(tensor) && !loops.isInside(tensor))
                .toList();
    }

    private Products products() {
        return style.target().products();
    }

    /** What is computed, inputs before results. */
    List<Tensor> order() {
        return order;
    }

    /** What the calls have to compute. */
    Work work() {
        return Work.of(order.stream().map(fusion::work).toList());
    }

    /** What a call reads; a loop does so where the first of its results stands. */
    List<Tensor> operands(final Tensor tensor) {
        final Optional<LstmCall> call = fusion.callOf(tensor);
        if (call.isPresent()) {
            return call.get().results().get(0) == tensor ? call.get().operands() : List.of();
        }
        if (!Loops.isResult(tensor)) {
            return fusion.operands(tensor);
        }
        return loops.results(tensor).get(0) == tensor ? loops.read(tensor, fusion) : List.of();
    }

    /** Where numbers come from, in the words of a program. */
    @FunctionalInterface
    interface Sources {
        void write(Source source, Tensor tensor);
    }

    /** Writes all lines; every result has memory of its own. */
    void writeApart(final Sources sources) {
        writeAll(sources, Overwriting.NOTHING);
    }

    /** Writes all lines; results are written over what nobody reads again, or at once where they would be copied to. */
    void write(final Sources sources, final Overwriting overwriting) {
        write(sources, overwriting, List.of());
    }

    /**
     * As before, with the graph's outputs in memory that is there.
     *
     * @param there what it is called for each of them; nothing if they get memory of their own
     */
    void write(final Sources sources, final Overwriting overwriting, final List<String> there) {
        destinations = new Destinations(graph.needed(), fusion, loops, uses, products());
        final List<String> copies = new ArrayList<>();
        for (int i = 0; i < there.size(); i++) {
            final Tensor output = graph.outputs().get(i);
            if (destinations.canBeWritten(output) && !loops.isInside(output) && !places.containsKey(output)) {
                places.put(output, there.get(i));
            } else {
                copies.add("torch.copy_(" + there.get(i) + ", " + names.of(output) + ")");
            }
        }
        writeAll(sources, overwriting);
        copies.forEach(this::line);
    }

    /**
     * As {@link #write}, of steps in a row: each writes over memory of the one before.
     *
     * @return the lines before the first step
     */
    String writeRow(final Sources sources, final Overwriting overwriting) {
        row = RowMemory.of(order, loops);
        final StringBuilder before = new StringBuilder();
        order.stream().filter(row::isLook).forEach(look -> before.append("  ")
                .append(names.of(look) + " = "
                        + expression(look, Fusion.inputs(look)).text(false) + '\n'));
        order.stream().filter(row::isReused).forEach(samples -> before.append("  ")
                .append(names.of(samples) + " = " + memory(samples) + '\n'));
        write(sources, overwriting);
        return before.toString();
    }

    /** Memory for samples, of the type of those that they are taken from. */
    private String memory(final Tensor samples) {
        final Tensor all = Fusion.inputs(samples).get(0);
        return samples.operation() == Function.TO_FLOAT
                ? room(samples, all)
                : "torch.new_empty(" + names.of(all) + ", " + style.sizes().shape(samples) + ")";
    }

    /** Whether a later step writes over the memory that was made for it. */
    boolean isReused(final Tensor tensor) {
        return row.isReused(tensor);
    }

    private void writeAll(final Sources sources, final Overwriting overwriting) {
        for (int i = 0; i < order.size(); i++) {
            final Tensor tensor = order.get(i);
            if (tensor.operation() instanceof Source source) {
                sources.write(source, tensor);
            } else if (!written.contains(tensor)) {
                final Optional<LstmCall> call = fusion.callOf(tensor);
                if (call.isPresent()) {
                    lstm(call.get());
                } else if (Loops.isResult(tensor)) {
                    loopLines.write(tensor, overwriting, i);
                    written.addAll(loops.results(tensor));
                } else {
                    write(tensor, overwriting, i);
                }
            }
        }
    }

    private void lstm(final LstmCall call) {
        call.statements(names, this::inOrder)
                .forEach(statement -> line(statement, call.results().get(0)));
        written.addAll(call.results());
    }

    /** What the program calls a tensor. */
    String name(final Tensor tensor) {
        return names.of(tensor);
    }

    /** What the program calls something that belongs to a tensor. */
    String beside(final Tensor tensor, final String what) {
        return names.beside(tensor, what);
    }

    /** What keeps the result of each step of a loop, which is written there at once. */
    Optional<Tensor> keeper(final Tensor value) {
        return destinations.keeper(value);
    }

    /** Lets what comes next belong to a loop, or not any more. */
    void indent(final boolean isLoop) {
        deeper = isLoop ? "  " : "";
    }

    /** Writes one line. */
    void line(final String statement) {
        text.append(style.indent()).append(deeper).append(statement).append('\n');
    }

    /** Writes one line, with what it belongs to. */
    void line(final String statement, final Tensor about) {
        line(about.place().isEmpty() ? statement : statement + "  # " + about.place());
    }

    void write(final Tensor tensor, final Overwriting overwriting, final int place) {
        if (destinations.isLook(tensor) || row.isLook(tensor)) {
            return;
        }
        if (fusion.group(tensor).size() > 1) {
            group(fusion.group(tensor));
        } else if (fusion.updateOf(tensor).isPresent()) {
            update(place, overwriting);
        } else if (destinations.isJoined(tensor)) {
            joinTheRest(tensor);
        } else {
            line(names.of(tensor) + " = " + call(tensor, overwriting, place), tensor);
            endLongChain(tensor);
        }
    }

    /** Whether the program needs {@link AdamUpdate#preparation}. */
    boolean hasUpdates() {
        return order.stream().anyMatch(tensor -> fusion.updateOf(tensor).isPresent());
    }

    /** Updates by one rule that follow one another are one call. */
    private void update(final int place, final Overwriting overwriting) {
        final List<AdamUpdate> together = new ArrayList<>();
        for (int i = place; i < order.size() && joins(order.get(i), together); i++) {
            final Optional<AdamUpdate> update = fusion.updateOf(order.get(i));
            if (update.isPresent()) {
                together.add(update.get());
                prepare(update.get(), overwriting, i);
            }
        }
        AdamUpdate.statements(together, names, this::inOrder).forEach(this::line);
        together.forEach(update -> written.add(update.value()));
    }

    /** Whether it can be made in one call with others, or is nothing that is computed between them. */
    private boolean joins(final Tensor tensor, final List<AdamUpdate> together) {
        return fusion.updateOf(tensor)
                .map(update -> update.follows(together))
                .orElse(tensor.operation() == Source.VARIABLE);
    }

    private String inOrder(final Tensor tensor) {
        return graph.liesInOrder(tensor) ? names.of(tensor) : "torch.contiguous(" + names.of(tensor) + ")";
    }

    private void prepare(final AdamUpdate update, final Overwriting overwriting, final int place) {
        final AdamUpdate.Average mean = update.mean();
        final AdamUpdate.Average square = update.square();
        change(update.value(), update.weight(), update, overwriting, place);
        change(mean.after(), mean.before(), update, overwriting, place);
        change(square.after(), square.before(), update, overwriting, place);
    }

    /** Names what an update writes over, one number behind the other: what was there before, or a copy of it. */
    private void change(
            final Tensor after,
            final Tensor before,
            final AdamUpdate update,
            final Overwriting overwriting,
            final int place) {
        final List<Tensor> operands = Stream.concat(Stream.of(before), update.operands().stream())
                .distinct()
                .toList();
        final boolean over = overwriting.of(after, operands, place);
        final String ordered = inOrder(before);
        line(names.of(after) + " = " + (over ? ordered : "torch.clone(" + ordered + ")"), after);
    }

    /** A second use, which changes nothing, lets the engine translate a result before what needs it. */
    private void endLongChain(final Tensor tensor) {
        int length = 1;
        for (final Tensor operand : fusion.operands(tensor)) {
            if (uses.get(operand) == 1) {
                length = Math.max(length, 1 + chains.getOrDefault(operand, 0));
            }
        }
        if (length == LONGEST_CHAIN) {
            line("torch.requires_grad_(" + names.of(tensor) + ", " + names.of(tensor) + ".requires_grad)");
            length = 0;
        }
        chains.put(tensor, length);
    }

    private String call(final Tensor tensor, final Overwriting overwriting, final int place) {
        if (row.isReused(tensor)) {
            return expression(tensor, Fusion.inputs(tensor)).into(names.of(tensor));
        }
        destinations.part(tensor).ifPresent(part -> makeRoom(part.whole(), tensor));
        final Optional<String> destination = destination(tensor);
        if (fusion.of(tensor).isEmpty()) {
            return destination
                    .map(expression(tensor, Fusion.inputs(tensor))::into)
                    .orElseGet(() -> alone(tensor, overwriting, place));
        }
        final Fusion.Fused call = fusion.of(tensor).get();
        final boolean over =
                destination.isEmpty() && call.mayOverwrite() && overwriting.of(tensor, call.operands(), place);
        final String text = "torch." + call.function() + (over ? "_" : "") + "("
                + call.operands().stream().map(names::of).collect(Collectors.joining(", ")) + call.rest() + ")";
        return destination.map(there -> TorchExpression.into(text, there)).orElse(text);
    }

    private String alone(final Tensor tensor, final Overwriting overwriting, final int place) {
        final Operation operation = tensor.operation();
        List<Tensor> in = Fusion.inputs(tensor);
        boolean over = TorchExpression.hasInPlaceForm(operation) && overwriting.of(tensor, in, place);
        if (!over && (operation == Arithmetic.ADD || operation == Arithmetic.MUL)) {
            final List<Tensor> turned = List.of(in.get(1), in.get(0));
            over = overwriting.of(tensor, turned, place);
            in = over ? turned : in;
        }
        if (fusion.isRootInSum(tensor)) {
            return expression(tensor, in).root(over);
        }
        final String text = products().isOfOneDnn(tensor)
                ? Products.oneDnn(names.of(in.get(0)), names.of(in.get(1)))
                : expression(tensor, in).text(over);
        return operation == Form.PERMUTE && !loops.isInside(tensor) && loops.isFactor(tensor)
                ? "torch.contiguous(" + text + ")" // the products of all steps are faster with it
                : text;
    }

    /** Where a result is written at once. */
    private Optional<String> destination(final Tensor tensor) {
        return destinations
                .keeper(tensor)
                .map(loopLines::row)
                .or(() -> destinations.part(tensor).map(part -> place(part, tensor)))
                .or(() -> Optional.ofNullable(places.get(tensor)));
    }

    private String place(final Destinations.Part part, final Tensor tensor) {
        final String slice = slice(part, part.to());
        return tensor.rank() == part.whole().rank()
                ? slice
                : "torch.reshape(" + slice + ", " + Arrays.toString(tensor.shape()) + ")";
    }

    private String slice(final Destinations.Part first, final long to) {
        return "torch.slice(" + names.of(first.whole()) + ", " + first.axis() + ", " + first.from() + ", " + to
                + ", 1)";
    }

    /** Before the first of the parts that are written there at once. */
    private void makeRoom(final Tensor whole, final Tensor part) {
        if (begun.add(whole)) {
            line(
                    names.of(whole) + " = "
                            + destination(whole)
                                    .orElseGet(() ->
                                            room(whole, fusion.operands(part).get(0))),
                    whole);
        }
    }

    /** Memory for a result, on the device of another one. */
    String room(final Tensor tensor, final Tensor like) {
        return "torch.empty(" + style.sizes().shape(tensor) + ", dtype="
                + style.target().dtype() + ", device=" + names.of(like) + ".device)";
    }

    /** Parts that do not lie in their place yet are joined there, neighbours in one call. */
    private void joinTheRest(final Tensor whole) {
        final List<Destinations.Part> parts = Destinations.parts(whole);
        final List<Tensor> inputs = Fusion.inputs(whole);
        int end;
        for (int i = 0; i < parts.size(); i = end + 1) {
            end = i;
            while (end < parts.size() && !destinations.isInPlace(inputs.get(end))) {
                end++;
            }
            if (end > i) {
                final String some =
                        inputs.subList(i, end).stream().map(names::of).collect(Collectors.joining(", ", "[", "]"));
                line("torch.cat(" + some + ", " + parts.get(i).axis() + ", out="
                        + slice(parts.get(i), parts.get(end - 1).to()) + ")");
            }
        }
    }

    private TorchExpression expression(final Tensor tensor, final List<Tensor> in) {
        return new TorchExpression(
                tensor,
                in.stream().map(names::of).toList(),
                IntStream.range(0, tensor.numberCount())
                        .mapToObj(tensor::number)
                        .toList(),
                style.target(),
                style.sizes());
    }

    /** Several results of one call. */
    private void group(final List<Tensor> members) {
        final Tensor first = members.get(0);
        final TorchExpression expression = expression(first, Fusion.inputs(first));
        if (first.operation() == Convolution.CONVOLVE_KERNEL) {
            expression
                    .convolution()
                    .gradients(names.of(members.get(1)), names.of(first))
                    .forEach(text -> line(text, first));
        } else if (first.operation() == Pooling.LARGEST) {
            line(results(members, Pooling.LARGEST, Pooling.LARGEST_PLACES) + expression.largestWithPlaces(), first);
        } else if (first.operation() == Normalization.NORMALIZE) {
            line(
                    results(members, Normalization.NORMALIZE, Normalization.MEANS, Normalization.SCALES)
                            + expression.normalized(member(members, Normalization.SCALES)
                                    .orElseThrow()
                                    .number(0)),
                    first);
        } else {
            final Operation[] wanted = {Normalization.NORMALIZE_ROWS, Normalization.NORMALIZE_GAMMA, Reduction.SUM};
            final String present = Arrays.stream(wanted)
                    .map(kind -> member(members, kind).isPresent() ? "True" : "False")
                    .collect(Collectors.joining(", "));
            line(results(members, wanted) + expression.normalizedBackward(present), first);
        }
        written.addAll(members);
    }

    /** The names of a call's results, in its order; what nobody needs has none. */
    private String results(final List<Tensor> members, final Operation... order) {
        return Arrays.stream(order)
                .map(kind -> member(members, kind).map(names::of).orElse("_") + ", ")
                .collect(Collectors.joining("", "", "= "));
    }

    private static Optional<Tensor> member(final List<Tensor> members, final Operation kind) {
        return members.stream().filter(member -> member.operation() == kind).findFirst();
    }

    /** One number everywhere. */
    String full(final Tensor tensor, final String device) {
        final Scalar number = tensor.number(0);
        return names.of(tensor) + " = torch.full(" + style.sizes().shape(tensor) + ", " + number + ", dtype="
                + style.target().dtype() + ", device=" + device + ".device)";
    }

    /** Numbers that are known. */
    String constant(final Tensor tensor, final String device) {
        final String numbers = IntStream.range(0, tensor.numberCount())
                .mapToObj(i -> tensor.number(i).toString())
                .collect(Collectors.joining(", "));
        return names.of(tensor) + " = torch.reshape(torch.tensor(annotate(List[float], [" + numbers + "]), dtype="
                + style.target().dtype() + ", device=" + device + ".device), "
                + style.sizes().shape(tensor) + ")";
    }

    /** The lines. */
    @Override
    public String toString() {
        return text.toString();
    }
}
