/**
 * A run of several processes, perhaps on several machines, that see one folder: {@link org.gradienttape.cluster.JobFolder} is
 * what they know of the run, {@link org.gradienttape.cluster.WorkerRun} what a worker does, and
 * {@link org.gradienttape.cluster.SparkRun} starts the driver, which is no part of the engine. Knows no class of Spark. Depends
 * on error, json, data, model, checkpoint, distributed, train and torch.training.
 */
package org.gradienttape.cluster;
