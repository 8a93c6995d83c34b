package org.gradienttape.code;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jdt.core.compiler.CategorizedProblem;
import org.eclipse.jdt.internal.compiler.ClassFile;
import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.Compiler;
import org.eclipse.jdt.internal.compiler.DefaultErrorHandlingPolicies;
import org.eclipse.jdt.internal.compiler.env.ICompilationUnit;
import org.eclipse.jdt.internal.compiler.impl.CompilerOptions;
import org.eclipse.jdt.internal.compiler.lookup.LookupEnvironment;
import org.eclipse.jdt.internal.compiler.lookup.ModuleBinding;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblemFactory;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.error.Sentence;

/**
 * Compiles one Java source text in memory, with the Eclipse compiler, so that a Java runtime without a compiler is
 * enough. Warnings do not count. The last few results are kept, by their text.
 */
public final class CodeCompiler {
    private static final int KEPT_RESULTS = 32;
    private static final int NAMED_ERRORS = 5;
    private static final int LONGEST_MESSAGE = 300;
    private static final String JAVA_VERSION = CompilerOptions.VERSION_17;

    private static final Map<SourceText, CompiledCode> COMPILED = new LinkedHashMap<>(KEPT_RESULTS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<SourceText, CompiledCode> eldest) {
            return size() > KEPT_RESULTS;
        }
    };

    private CodeCompiler() {}

    /**
     * Compiles, or hands out what the same text gave before.
     *
     * @param owner what it is the code of, for messages: "step", "loss", "metric", "model", or for example "layer
     *     sampling"
     * @param source a whole Java file, with any number of classes in it
     * @throws InvalidInputException if it does not compile, or uses what code in a node may not use; names line, column,
     *     message and the line's text
     */
    public static CompiledCode compile(final String owner, final String source) {
        final SourceText text = new SourceText(owner, source);
        final CompiledCode known = known(text);
        return known == null ? keep(text, translate(text)) : known;
    }

    /** Nobody waits for somebody else's code: the lock is not held while the compiler works. */
    private static CompiledCode known(final SourceText text) {
        synchronized (COMPILED) {
            return COMPILED.get(text);
        }
    }

    private static CompiledCode keep(final SourceText text, final CompiledCode code) {
        synchronized (COMPILED) {
            COMPILED.put(text, code);
            return code;
        }
    }

    private static CompiledCode translate(final SourceText source) {
        final List<CompilationResult> results = new ArrayList<>();
        final Compiler compiler = new Compiler(
                new VisibleTypes(),
                DefaultErrorHandlingPolicies.proceedWithAllProblems(),
                new CompilerOptions(options()),
                results::add,
                new DefaultProblemFactory(Locale.ENGLISH));
        try {
            compiler.compile(new ICompilationUnit[] {new Unit(source.text())});
        } catch (final StackOverflowError tooDeep) {
            throw new InvalidInputException(
                    source.subject() + " is nested too deeply to be compiled; write it in more and shorter statements.",
                    tooDeep);
        }
        final Map<String, byte[]> classes = new TreeMap<>();
        for (final CompilationResult result : results) {
            if (result.hasErrors()) {
                throw new InvalidInputException(describe(List.of(result.getErrors()), source));
            }
            for (final ClassFile file : result.getClassFiles()) {
                classes.put(new String(file.fileName()).replace('/', '.'), file.getBytes());
            }
        }
        CodeCheck.check(source, classes);
        return new CompiledCode(source, classes);
    }

    private static String describe(final List<CategorizedProblem> errors, final SourceText source) {
        final String named = errors.stream()
                .limit(NAMED_ERRORS)
                .map(error -> "line " + error.getSourceLineNumber() + ", column "
                        + source.column(error.getSourceStart()) + ": "
                        + Sentence.beginning(error.getMessage(), LONGEST_MESSAGE) + ", in "
                        + source.quotedLine(error.getSourceLineNumber()))
                .collect(Collectors.joining("; "));
        final int more = errors.size() - NAMED_ERRORS;
        return source.subject() + " does not compile: " + named + (more > 0 ? "; and " + more + " more errors" : "")
                + "; correct it in " + source.place() + ".";
    }

    private static Map<String, String> options() {
        return Stream.of(
                        CompilerOptions.OPTION_Source,
                        CompilerOptions.OPTION_Compliance,
                        CompilerOptions.OPTION_TargetPlatform)
                .collect(Collectors.toMap(option -> option, option -> JAVA_VERSION));
    }

    /** The source as the compiler reads it. The name of its public class is free, since there is no file. */
    private record Unit(String text) implements ICompilationUnit {
        @Override
        public char[] getContents() {
            return text.toCharArray();
        }

        @Override
        public char[] getMainTypeName() {
            return null;
        }

        @Override
        public char[][] getPackageName() {
            return null;
        }

        @Override
        public char[] getFileName() {
            return "Step.java".toCharArray();
        }

        @Override
        public ModuleBinding module(final LookupEnvironment environment) {
            return environment.UnNamedModule;
        }

        @Override
        public boolean ignoreOptionalProblems() {
            return true;
        }
    }
}
