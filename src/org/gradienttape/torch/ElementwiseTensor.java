package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import org.gradienttape.step.StepException;
import org.gradienttape.step.Tensor;

/** A tensor's operations that work number by number. */
abstract class ElementwiseTensor implements Tensor {
    private static final ScriptFunction CLIP = ScriptFunction.of("torch.clamp(x, low, high)", "x", "low", "high");
    private static final ScriptFunction POWER = ScriptFunction.of("torch.pow(x, exponent)", "x", "exponent");

    abstract StepScope scope();

    /** The numbers, after a check that the step still runs. */
    abstract NDArray array();

    /** The numbers of a tensor that came out of a step's code. */
    static NDArray arrayOf(final Tensor tensor) {
        return ours(tensor).array();
    }

    /** The same for somebody who changes them. */
    static NDArray toChange(final Tensor tensor) {
        return ours(tensor).takeOrCopy();
    }

    private static ElementwiseTensor ours(final Tensor tensor) {
        if (tensor instanceof ElementwiseTensor ours) {
            return ours;
        }
        throw new StepException(
                tensor == null
                        ? "a tensor was expected, but it is null"
                        : "a tensor of the run was expected, but it is a "
                                + tensor.getClass().getSimpleName());
    }

    /** The numbers for somebody who changes them: the memory itself if nobody else can see it, otherwise a copy. */
    NDArray takeOrCopy() {
        return array().duplicate();
    }

    /** A result in memory of its own, as all of these operations have. */
    private Tensor tensor(final NDArray array) {
        return scope().freshTensor(array);
    }

    private NDArray number(final double value) {
        return scope().number(value);
    }

    @Override
    public Tensor add(final Tensor other) {
        return tensor(array().add(arrayOf(other)));
    }

    @Override
    public Tensor add(final double other) {
        return tensor(array().add(number(other)));
    }

    @Override
    public Tensor sub(final Tensor other) {
        return tensor(array().sub(arrayOf(other)));
    }

    @Override
    public Tensor sub(final double other) {
        return tensor(array().sub(number(other)));
    }

    @Override
    public Tensor mul(final Tensor other) {
        return tensor(array().mul(arrayOf(other)));
    }

    @Override
    public Tensor mul(final double other) {
        return tensor(array().mul(number(other)));
    }

    @Override
    public Tensor div(final Tensor other) {
        return tensor(array().div(arrayOf(other)));
    }

    @Override
    public Tensor div(final double other) {
        return tensor(array().div(number(other)));
    }

    @Override
    public Tensor pow(final double exponent) {
        return tensor(POWER.call(array(), number(exponent)));
    }

    @Override
    public Tensor neg() {
        return tensor(array().neg());
    }

    @Override
    public Tensor abs() {
        return tensor(array().abs());
    }

    @Override
    public Tensor sign() {
        return tensor(array().sign());
    }

    @Override
    public Tensor square() {
        return tensor(array().square());
    }

    @Override
    public Tensor sqrt() {
        return tensor(array().sqrt());
    }

    @Override
    public Tensor exp() {
        return tensor(array().exp());
    }

    @Override
    public Tensor log() {
        return tensor(array().log());
    }

    @Override
    public Tensor sin() {
        return tensor(array().sin());
    }

    @Override
    public Tensor cos() {
        return tensor(array().cos());
    }

    @Override
    public Tensor tanh() {
        return tensor(array().tanh());
    }

    @Override
    public Tensor sigmoid() {
        return tensor(ai.djl.nn.Activation.sigmoid(array()));
    }

    @Override
    public Tensor relu() {
        return tensor(ai.djl.nn.Activation.relu(array()));
    }

    @Override
    public Tensor softplus() {
        return tensor(ai.djl.nn.Activation.softPlus(array()));
    }

    @Override
    public Tensor maximum(final Tensor other) {
        return tensor(array().maximum(arrayOf(other)));
    }

    @Override
    public Tensor maximum(final double other) {
        return tensor(array().maximum(number(other)));
    }

    @Override
    public Tensor minimum(final Tensor other) {
        return tensor(array().minimum(arrayOf(other)));
    }

    @Override
    public Tensor minimum(final double other) {
        return tensor(array().minimum(number(other)));
    }

    @Override
    public Tensor clip(final double low, final double high) {
        return tensor(CLIP.call(array(), number(low), number(high)));
    }

    @Override
    public Tensor gt(final Tensor other) {
        return tensor(array().gt(arrayOf(other)));
    }

    @Override
    public Tensor gt(final double other) {
        return tensor(array().gt(number(other)));
    }

    @Override
    public Tensor lt(final Tensor other) {
        return tensor(array().lt(arrayOf(other)));
    }

    @Override
    public Tensor lt(final double other) {
        return tensor(array().lt(number(other)));
    }

    @Override
    public Tensor eq(final Tensor other) {
        return tensor(array().eq(arrayOf(other)));
    }
}
