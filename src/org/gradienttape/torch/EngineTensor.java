package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import org.gradienttape.step.StepException;
import org.gradienttape.step.Tensor;

/** A tensor's operations that know of axes, and its ways to the JVM. */
abstract class EngineTensor extends ElementwiseTensor {
    @Override
    public long[] shape() {
        return array().getShape().getShape();
    }

    @Override
    public long size(final int axis) {
        return shape()[place(axis)];
    }

    @Override
    public double item() {
        final NDArray array = array();
        if (array.size() != 1) {
            throw new StepException("item() needs a tensor of one number, but this one has the shape "
                    + array.getShape() + "; take the mean() or the sum() first");
        }
        return array.getDataType() == DataType.FLOAT32
                ? array.toFloatArray()[0]
                : array.toType(DataType.FLOAT64, false).toDoubleArray()[0];
    }

    @Override
    public float[] toFloatArray() {
        return array().toType(DataType.FLOAT32, false).toFloatArray();
    }

    @Override
    public long[] toLongArray() {
        return array().toType(DataType.INT64, false).toLongArray();
    }

    @Override
    public Tensor toFloat() {
        return tensor(array().toType(DataType.FLOAT32, false));
    }

    @Override
    public Tensor toInt64() {
        return tensor(array().toType(DataType.INT64, false));
    }

    @Override
    public Tensor detach() {
        final NDArray constant = array().stopGradient();
        constant.attach(scope().arrays());
        return tensor(constant);
    }

    @Override
    public Tensor sum() {
        return tensor(array().sum());
    }

    @Override
    public Tensor sum(final int... axes) {
        return tensor(array().sum(places(axes)));
    }

    @Override
    public Tensor mean() {
        return tensor(array().mean());
    }

    @Override
    public Tensor mean(final int... axes) {
        return tensor(array().mean(places(axes)));
    }

    @Override
    public Tensor max() {
        return tensor(array().max());
    }

    @Override
    public Tensor max(final int axis) {
        return tensor(array().max(places(axis)));
    }

    @Override
    public Tensor min() {
        return tensor(array().min());
    }

    @Override
    public Tensor min(final int axis) {
        return tensor(array().min(places(axis)));
    }

    @Override
    public Tensor argmax(final int axis) {
        return tensor(array().argMax(place(axis)));
    }

    @Override
    public Tensor norm() {
        return tensor(array().square().sum().sqrt());
    }

    @Override
    public Tensor softmax(final int axis) {
        return tensor(array().softmax(place(axis)));
    }

    @Override
    public Tensor logSoftmax(final int axis) {
        return tensor(array().logSoftmax(place(axis)));
    }

    @Override
    public Tensor logsumexp(final int axis) {
        return tensor(ScriptFunction.of("torch.logsumexp(x, [" + place(axis) + "], False)", "x")
                .call(array()));
    }

    @Override
    public Tensor matmul(final Tensor other) {
        return tensor(JniUtils.matmul((PtNDArray) array(), (PtNDArray) arrayOf(other)));
    }

    @Override
    public Tensor oneHot(final int classes) {
        return tensor(array().oneHot(classes, DataType.FLOAT32));
    }

    @Override
    public Tensor reshape(final long... shape) {
        return tensor(array().reshape(new Shape(shape)));
    }

    @Override
    public Tensor flatten() {
        return reshape(size(0), -1);
    }

    @Override
    public Tensor permute(final int... axes) {
        return tensor(array().transpose(places(axes)));
    }

    @Override
    public Tensor unsqueeze(final int axis) {
        return tensor(JniUtils.unsqueeze((PtNDArray) array(), axis));
    }

    @Override
    public Tensor squeeze(final int axis) {
        return tensor(JniUtils.squeeze((PtNDArray) array(), axis));
    }

    @Override
    public Tensor slice(final int axis, final long from, final long to) {
        return tensor(JniUtils.slice((PtNDArray) array(), place(axis), from, to, 1));
    }

    @Override
    public Tensor take(final Tensor indices, final int axis) {
        return tensor(ScriptFunction.of("torch.index_select(x, " + place(axis) + ", indices)", "x", "indices")
                .call(array(), arrayOf(indices)));
    }

    @Override
    public String toString() {
        return "Tensor of the shape " + Arrays.toString(shape());
    }

    /** A result that may be another view of this tensor's memory. */
    private Tensor tensor(final NDArray array) {
        return scope().tensor(array);
    }

    private int[] places(final int... axes) {
        return Arrays.stream(axes).map(this::place).toArray();
    }

    /** The place of an axis, which may be counted from the end. */
    private int place(final int axis) {
        final int axes = array().getShape().dimension();
        if (axis < -axes || axis >= axes) {
            throw new StepException("the axis must be from " + -axes + " to " + (axes - 1) + " for the shape "
                    + array().getShape() + ", but it is " + axis);
        }
        return axis < 0 ? axis + axes : axis;
    }
}
