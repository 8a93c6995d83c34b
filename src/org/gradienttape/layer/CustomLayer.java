package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.gradienttape.tensor.RandomSource;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;

/**
 * A layer that a user writes in Java, or a whole model: Keras' {@code Layer} with {@code build}, {@code call},
 * {@code add_weight} and {@code add_loss}.
 *
 * <p>A run makes one object of the class, with the constructor without arguments. Weights and layers belong in fields. Other
 * tensors end with their step, so what shall last is a weight, see {@link #addState}, or a number of Java.
 */
public abstract class CustomLayer {
    private static final Pattern WEIGHT_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    private final List<Sublayer> sublayers = new ArrayList<>();
    /** Weights that nothing had assigned in the step when build made them. */
    private final List<Variable> unassigned = new ArrayList<>();

    private LayerScope scope;
    private boolean isBuilding;
    private boolean built;

    protected CustomLayer() {}

    /**
     * Makes the weights; called once in each run, before the first batch. Layers that have none need no {@code build}.
     *
     * @param input the shape of one sample
     */
    public void build(final Shape input) {
        // a layer without weights of its own
    }

    /**
     * What the layer computes for a batch.
     *
     * @param x [batch, sample shape], float32
     * @param mode whether this is training: Keras' argument {@code training}
     * @return [batch, sample shape], float32; the shape of a sample is always the same
     */
    public abstract Tensor call(Tensor x, Mode mode);

    /**
     * A weight that is trained: Keras' {@code add_weight}. To be made in {@code build}.
     *
     * @param name unique in this layer, for example "kernel"
     * @param shape without sizes, a single number
     */
    protected final Variable addWeight(final String name, final Initializer initializer, final int... shape) {
        return weight(name, initializer, true, shape);
    }

    /**
     * Numbers that last and are not trained, but changed by {@code assign}, such as a moving average: Keras'
     * {@code add_weight(trainable=False)}. They are saved with the model.
     */
    protected final Variable addState(final String name, final Initializer initializer, final int... shape) {
        return weight(name, initializer, false, shape);
    }

    /**
     * A weight that is trained and starts with numbers of one's own, also such as are drawn with {@link java.util.Random}. Only a
     * new model starts with them; a trained one has what it learned.
     *
     * @param numbers row-major, as many as the shape needs
     */
    protected final Variable addWeight(final String name, final float[] numbers, final int... shape) {
        return weight(name, numbers, true, shape);
    }

    /** Numbers that last and are not trained, which start with some of one's own, such as a table. */
    protected final Variable addState(final String name, final float[] numbers, final int... shape) {
        return weight(name, numbers, false, shape);
    }

    private Variable weight(
            final String name, final Initializer initializer, final boolean trainable, final int... shape) {
        checkWeight(name);
        if (initializer == null) {
            throw new TensorException("the weight " + name + " needs an initializer, but it is null");
        }
        return keep(WeightSpec.of(name, initializer, trainable, Shape.of(shape)));
    }

    private Variable weight(final String name, final float[] numbers, final boolean trainable, final int... shape) {
        checkWeight(name);
        final WeightSpec weight = WeightSpec.of(name, Initializer.ZEROS, trainable, Shape.of(shape));
        if (numbers == null || numbers.length != weight.shape().size()) {
            throw new TensorException("the weight " + name + " of the shape " + weight.shape() + " needs "
                    + weight.shape().size() + " numbers, but "
                    + (numbers == null ? "they are null" : "there are " + numbers.length));
        }
        for (final float number : numbers) {
            if (!Float.isFinite(number)) {
                throw new TensorException("the weight " + name + " needs finite numbers, but one is " + number);
            }
        }
        return keep(weight.starting(numbers));
    }

    private Variable keep(final WeightSpec weight) {
        final Variable variable = scope.weight(weight);
        if (!variable.isAssigned()) {
            unassigned.add(variable);
        }
        return variable;
    }

    private void checkWeight(final String name) {
        if (!isBuilding) {
            throw new TensorException("a layer makes its weights in build; move this line there");
        }
        if (name == null || !WEIGHT_NAME.matcher(name).matches()) {
            throw new TensorException(
                    "the name of a weight has letters, digits and underscores and begins with a letter, but it is "
                            + (name == null ? "null" : '"' + name + '"'));
        }
    }

    /** Takes in another layer, whose weights become this one's: to be kept in a field. */
    protected final Sublayer layer(final Layer layer) {
        if (layer == null) {
            throw new TensorException("layer needs a layer to take in, but it is null");
        }
        return add(new Sublayer(this, free(layer.type()), layer));
    }

    /** Takes in another layer of one's own. */
    protected final Sublayer layer(final CustomLayer layer) {
        if (layer == null) {
            throw new TensorException("layer needs a layer to take in, but it is null");
        }
        return add(new Sublayer(this, free(layer.getClass().getSimpleName()), layer));
    }

    /**
     * Adds to the loss of the batch: Keras' {@code add_loss}.
     *
     * @param loss one number, shape []
     */
    protected final void addLoss(final Tensor loss) {
        if (loss == null || loss.size() != 1) {
            throw new TensorException("addLoss needs one number, but it got "
                    + (loss == null ? "null" : "the shape " + Arrays.toString(loss.shape()))
                    + "; use its mean() or its sum()");
        }
        if (scope == null || isBuilding) {
            throw new TensorException("a layer adds to the loss of a batch in call; move this line there");
        }
        scope.addLoss(loss.toFloat().reshape());
    }

    /** Random numbers of the run: the same seed gives the same ones. */
    protected final RandomSource random() {
        return scope("draws random numbers").surroundings().random();
    }

    /** Zeros, float32. */
    protected final Tensor zeros(final long... shape) {
        return full(0, shape);
    }

    /** Ones, float32. */
    protected final Tensor ones(final long... shape) {
        return full(1, shape);
    }

    /** The same number everywhere, float32; a single number, shape [], if no sizes are given. */
    protected final Tensor full(final double value, final long... shape) {
        return scope("makes tensors").surroundings().machine().full(value, shape);
    }

    /**
     * Numbers from the JVM, float32.
     *
     * @param values row-major, as many as the shape needs
     */
    protected final Tensor tensor(final float[] values, final long... shape) {
        return scope("makes tensors").surroundings().machine().tensor(values, shape);
    }

    /** Joins tensors along an axis that they have: {@code keras.ops.concatenate}. */
    protected final Tensor concat(final int axis, final Tensor... tensors) {
        return scope("joins tensors").surroundings().machine().concat(axis, tensors);
    }

    /** Joins tensors along a new axis. */
    protected final Tensor stack(final int axis, final Tensor... tensors) {
        return scope("joins tensors").surroundings().machine().stack(axis, tensors);
    }

    /** This layer, those within, and what it calls them by; named the same in each run. */
    final Map<String, Object> parts() {
        final Map<String, Object> parts = new LinkedHashMap<>();
        addTo(parts, "layer");
        return parts;
    }

    private void addTo(final Map<String, Object> parts, final String name) {
        if (parts.values().stream().anyMatch(part -> part == this)) {
            return; // taken in twice
        }
        parts.put(name, this);
        for (final Sublayer sublayer : sublayers) {
            parts.put("call of " + name + "/" + sublayer.name(), sublayer);
            sublayer.custom().ifPresent(layer -> layer.addTo(parts, name + "/" + sublayer.name()));
        }
    }

    /** Whether it has taken in other layers. */
    final boolean isMadeOfLayers() {
        return !sublayers.isEmpty();
    }

    /** Calls the layer within a call of the network. */
    final Tensor run(final LayerScope now, final Tensor x, final Mode mode) {
        if (scope != null) {
            throw new TensorException("a layer cannot call itself");
        }
        scope = now;
        try {
            if (!built) {
                isBuilding = true;
                build(LayerScope.sampleOf(x));
                isBuilding = false;
                checkUnassigned();
                unassigned.clear();
                built = true;
            }
            final Tensor result = call(x, mode);
            if (result == null) {
                throw new TensorException("call must return a tensor, but it returned null");
            }
            return result;
        } finally {
            scope = null;
            isBuilding = false;
        }
    }

    /** Each run builds anew, so that what was learned would be lost. */
    private void checkUnassigned() {
        unassigned.stream().filter(Variable::isAssigned).findFirst().ifPresent(weight -> {
            throw new TensorException("build assigns the weight " + weight.name()
                    + ", which would replace what it has learned whenever the model is used; give addWeight or addState"
                    + " the numbers that it starts with");
        });
    }

    final LayerScope scope(final String does) {
        if (scope == null || isBuilding) {
            throw new TensorException("a layer " + does + " in call only; move this line there"
                    + (isBuilding ? ", or give addWeight float numbers of Java" : ""));
        }
        return scope;
    }

    private Sublayer add(final Sublayer sublayer) {
        if (scope != null) {
            throw new TensorException(
                    "other layers are taken in once, in fields or in the constructor, and not in build"
                            + " or call; move this line there");
        }
        sublayers.add(sublayer);
        return sublayer;
    }

    private String free(final String type) {
        return LayerNames.free(type, sublayers.stream().map(Sublayer::name).toList());
    }
}
