package org.gradienttape.graph;

import java.util.List;

/**
 * A step as the text of a method, which runs it several times in a row.
 *
 * <p>Its arguments: how many steps, int; the whole numbers of all steps; their float numbers; the numbers of the JVM that
 * differ from step to step, a list of float; the variables; the residents. It returns one tensor for each result, with the
 * steps as its first axis.
 *
 * @param method the text
 * @param variables their numbers, in the order of the arguments
 * @param residents their places among those of the step, in the order of the arguments
 * @param work of one step
 */
public record Program(String method, List<Integer> variables, List<Integer> residents, Work work) {
    /** The module that has the method. */
    public static final String CLASS = "Step";
    /** The method's name. */
    public static final String METHOD = "run";
}
