package org.gradienttape.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.step.CustomStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeCompilerTest {
    @Test
    void codeThatIsNestedTooDeeplyIsASentence() {
        final String source = "class Mine { Object o = " + "(1 + ".repeat(20_000) + "1" + ")".repeat(20_000) + "; }";

        assertThatThrownBy(() -> CodeCompiler.compile("step", source))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The step's Java code is nested too deeply to be compiled; write it in more and shorter"
                        + " statements.");
    }

    /** Each error quotes its line, which may be the whole text. */
    @Test
    void errorsInALongLineAreShort() {
        final String source = "class Mine { int a = b; " + "int c = \"c\"; ".repeat(3_000) + "}";

        assertThatThrownBy(() -> CodeCompiler.compile("step", source))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("correct it in the node's settings.")
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThanOrEqualTo(2000));
    }

    @Test
    void aClassWithAnyNameBecomesAnObject() {
        final Supplier<?> object = supplier("return \"it runs \" + 1;");

        assertThat(object.get()).isEqualTo("it runs 1");
    }

    @Test
    void anErrorNamesLineColumnMessageAndText() {
        final String source = "import java.util.function.Supplier;\n"
                + "public class Mine implements Supplier<String> {\n"
                + "    public String get() {\n"
                + "        return missing;\n"
                + "    }\n"
                + "}\n";

        assertThatThrownBy(() -> CodeCompiler.compile("step", source))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The step's Java code does not compile: line 4, column 16: missing cannot be resolved to a"
                        + " variable, in \"return missing;\"; correct it in the node's settings.");
    }

    @Test
    void moreThanFiveErrorsAreCounted() {
        final String wrong = "a();b();c();d();e();f();g();".replace(";", ";\n");

        assertThatThrownBy(() -> CodeCompiler.compile("step", "class Mine {\nvoid run() {\n" + wrong + "}}"))
                .hasMessageContaining("line 3, column 1: The method a() is undefined")
                .hasMessageContaining("line 7, column 1: ")
                .hasMessageContaining("; and 2 more errors;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "nonsense",
                "package",
                "{",
                "class",
                "import a.b.C; class Mine {",
                "/*",
                "\"\"\"",
                "\u0000"
            })
    void whatIsNoJavaFileGivesASentence(final String source) {
        assertThatThrownBy(() -> UserCode.one(CodeCompiler.compile("step", source), CustomStep.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The step's Java code ");
    }

    @Test
    void warningsDoNotFail() {
        final Supplier<?> object = supplier(
                "java.util.List raw = new java.util.ArrayList(); int unused = 1; raw.add(2); return raw.get(0);");

        assertThat(object.get()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ai.djl.ndarray.NDManager",
                "org.gradienttape.torch.training.Training",
                "org.gradienttape.error.InvalidInputException",
                "com.google.gson.Gson",
                "org.eclipse.jdt.core.compiler.IProblem",
                "java.beans.Expression",
                "javax.script.ScriptEngineManager",
                "sun.misc.Unsafe",
                "jdk.internal.misc.Unsafe"
            })
    void typesBesideTheStepApiAndTheJdkAreNotVisible(final String type) {
        assertThatThrownBy(() -> supplier(type + " x = null; return x;"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("does not compile: line ");
    }

    @Test
    void theSameTextIsCompiledOnce() {
        final String source = source("return 42;");

        assertThat(CodeCompiler.compile("step", source)).isSameAs(CodeCompiler.compile("step", source));
        assertThat(CodeCompiler.compile("step", source + " ")).isNotSameAs(CodeCompiler.compile("step", source));
    }

    @Test
    void objectsDoNotShareStaticFields() {
        final String source = "public class Counter implements java.util.function.Supplier<Integer> {\n"
                + "  static int count;\n  public Integer get() { return ++count; }\n}\n";

        final Supplier<?> first = CodeCompiler.compile("step", source).newInstance(Supplier.class);
        first.get();
        final Supplier<?> second = CodeCompiler.compile("step", source).newInstance(Supplier.class);

        assertThat(first.get()).isEqualTo(2);
        assertThat(second.get()).isEqualTo(1);
    }

    @Test
    void classesWithinMethodsDoNotCount() {
        final String source = """
                import java.util.function.Supplier;
                class Mine implements Supplier<String> {
                    public String get() {
                        class Local implements Supplier<String> {
                            public String get() {
                                return "local";
                            }
                        }
                        Supplier<String> unnamed = new Supplier<>() {
                            public String get() {
                                return "unnamed, " + new Local().get();
                            }
                        };
                        return unnamed.get();
                    }
                }
                """;

        final CompiledCode code = CodeCompiler.compile("metric", source);

        assertThat(code.newInstance(Supplier.class).get()).isEqualTo("unnamed, local");
        assertThat(code.newInstances(Supplier.class)).hasSize(1);
    }

    @Test
    void lambdasRecordsSwitchesAndTextsAreFine() {
        final Supplier<?> object = supplier("record Pair(int a, long b) {}\n"
                + "var pairs = java.util.stream.IntStream.range(0, 3).mapToObj(i -> new Pair(i, 2L)).toList();\n"
                + "return switch (pairs.size()) { case 3 -> \"three\" + pairs.get(2) + 1.5 + 2f; default -> \"\"; };");

        assertThat(object.get()).isEqualTo("threePair[a=2, b=2]1.52.0");
    }

    @Test
    void anExceptionNamesTheLine() {
        final UserCode<?> step = UserCode.one(
                CodeCompiler.compile("step", source("String text = null;\nreturn text.length();")), Supplier.class);

        assertThatThrownBy(() -> step.call(object -> ((Supplier<?>) object).get()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(" in line 5 (\"return text.length();\"): NullPointerException: ");
    }

    @Test
    void endlessRecursionNamesTheLine() {
        final UserCode<?> step = UserCode.one(CodeCompiler.compile("step", source("return get();")), Supplier.class);

        assertThatThrownBy(() -> step.call(object -> ((Supplier<?>) object).get()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(" in line 4 (\"return get();\"): StackOverflowError");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class Mine {}|needs one class that implements CustomStep, but it has none",
                "interface Mine extends org.gradienttape.step.CustomStep {}|but it has none",
                "import org.gradienttape.step.*; import org.gradienttape.tensor.*; class A implements CustomStep { public Tensor trainStep(TrainingRun r, Tensor x,"
                        + " Tensor y) { return null; } } class B extends A {}|but it has 2: A, B",
                "import org.gradienttape.step.*; import org.gradienttape.tensor.*; class A implements CustomStep { A(int i) {} public Tensor trainStep("
                        + "TrainingRun r, Tensor x, Tensor y) { return null; } }|needs a constructor without arguments",
                "import org.gradienttape.step.*; import org.gradienttape.tensor.*; class A implements CustomStep { int i = 1 / 0; public Tensor trainStep("
                        + "TrainingRun r, Tensor x, Tensor y) { return null; } }|in line 1",
                "import org.gradienttape.step.*; import org.gradienttape.tensor.*; class A implements CustomStep { static int i = 1 / 0; public Tensor"
                        + " trainStep(TrainingRun r, Tensor x, Tensor y) { return null; } }|ArithmeticException"
            })
    void aStepNeedsOneClassThatCanBeMade(final String source, final String message) {
        assertThatThrownBy(() -> UserCode.one(CodeCompiler.compile("step", source), CustomStep.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    private static Supplier<?> supplier(final String body) {
        return CodeCompiler.compile("step", source(body)).newInstance(Supplier.class);
    }

    /** The body starts in line 4. */
    private static String source(final String body) {
        return "public class Mine implements java.util.function.Supplier<Object> {\n"
                + "    @Override\n    public Object get() { try {\n"
                + body + "\n    } catch (RuntimeException e) { throw e; } catch (Exception e) { return e; } }\n}\n";
    }
}
