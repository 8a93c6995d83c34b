package org.gradienttape.nodes.sparktrainer;

import org.gradienttape.nodes.training.TrainerPorts;
import org.gradienttape.nodes.training.TrainingView;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the GradientTape Trainer (Spark). */
public final class SparkTrainerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("GradientTape Trainer (Spark)")
            .icon("../../../../icons/gradienttape-trainer-spark.png")
            .shortDescription("Trains a neural network by several workers of Apache Spark, which share each batch.")
            .fullDescription("""
                    <p>Does what the node GradientTape Trainer does, with the same settings and tables, by several workers. Each
                    computes a part of every batch; what they find is added up, and all make the same update. So <b>the batch size
                    is that of all workers together</b>, and the numbers are those of one machine, up to rounding. The same
                    seed and number of workers give the same tables and weights, to the last bit.</p>
                    <p>Spark 3.5 or 4.0 is your own: unpack it anywhere and choose its <i>bin/spark-submit</i>. The node needs
                    <i>GradientTape on Spark</i>, which is installed from the same update site as the nodes. Workers on other
                    machines need the folder of the run under the same path, Java 17, and the operating system and processor of
                    the machine that KNIME runs on. The page <i>spark.md</i> of the documentation says when it pays: a small
                    network never gains.</p>
                    <p>Before anything starts it is checked that Spark is there in a version that fits, that the master answers
                    and has places for all workers, and that each of them sees the folder and the same data. A worker that is
                    lost is replaced, and the run goes on from its last checkpoint. Cancelling ends all workers and writes a
                    checkpoint, from which the node goes on when it is executed again with the same folder. Nothing keeps running
                    when KNIME ends. On this machine, nobody outside can reach the workers.</p>
                    <p>Workers compute on the CPU. Batch normalization takes the statistics of each worker's own samples, as
                    PyTorch's DistributedDataParallel does. Steps, layers, losses and metrics in Java are shared, too, if they
                    take means over the samples and look at no numbers of them; others are refused. The file of the best model
                    and the log for TensorBoard are for the GradientTape Trainer.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .dynamicPorts(TrainerPorts::declare)
            .model(model -> model.parametersClass(SparkTrainerNodeParameters.class)
                    .configure(SparkTrainerNode::configure)
                    .execute(SparkTrainerNode::execute))
            .addView(view -> TrainingView.declare(view, "GradientTape Trainer (Spark)"))
            .keywords("neural network", "deep learning", "distributed", "cluster", "data parallel", "Apache Spark")
            .nodeType(NodeType.Learner);

    public SparkTrainerNodeFactory() {
        super(NODE);
    }
}
