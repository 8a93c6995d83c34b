package org.gradienttape.host.batch;

/** The text that the runner prints when it is called without arguments. */
final class Usage {

    static final String TEXT = """
            Usage: run WORKFLOW_DIR [options]

            Runs a KNIME workflow without KNIME. Its folder is changed only with -save.

              -workflowDir=DIR                     the workflow's folder, instead of the plain argument
              -tablesDir=DIR                       write every output: tables as CSV, images as PNG, others as text
              -viewsDir=DIR                        write every view as one HTML file with its data
              -option=NODEID,KEY,VALUE,TYPE        change a setting; KEY may be a path such as layers/0/size; TYPE is
                                                   int, long, short, byte, boolean, char, float, double or String
              -workflow.variable=NAME,VALUE,TYPE   set a workflow variable; TYPE is String, int or double
              -reset                               run again what was saved as executed
              -noexecute                           load and configure only
              -destDir=DIR                         save the executed workflow in another folder
              -save                                save the executed workflow in its own folder
              -nosave                              save nothing (the default)
              -failonloaderror[=true|false]        stop if a part of the workflow cannot be loaded (default: true)

            Exit codes: 0 done, 2 wrong argument, 3 workflow not loaded, 4 failed, not executable or cancelled.
            """;

    private Usage() {}
}
