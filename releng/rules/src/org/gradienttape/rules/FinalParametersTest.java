package org.gradienttape.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** One habit for the whole repository: a parameter, what is caught and what a loop walks through never change. */
class FinalParametersTest {
    private static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));

    @Test
    void parametersAreFinal() throws IOException {
        final List<String> found = new ArrayList<>();
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            final JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources()));
            final SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (final CompilationUnitTree unit : task.parse()) {
                unit.accept(new Parameters(unit, positions, found), null);
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        final List<Path> sources = new ArrayList<>();
        for (final String folder :
                List.of("src", "nodes", "host", "bench/org", "spark", "fuzz", "releng/rules", "test-fragment")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.toString().contains("target"))
                        .forEach(sources::add);
            }
        }
        assertThat(sources).hasSizeGreaterThan(1000);
        return sources;
    }

    private static final class Parameters extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> found;

        Parameters(final CompilationUnitTree unit, final SourcePositions positions, final List<String> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitMethod(final MethodTree method, final Void nothing) {
            if (method.getBody() != null) {
                final long start = positions.getStartPosition(unit, method);
                method.getParameters().stream()
                        .filter(parameter ->
                                positions.getStartPosition(unit, parameter) >= start) // not in a record's head
                        .forEach(this::expectFinal);
            }
            return super.visitMethod(method, nothing);
        }

        @Override
        public Void visitCatch(final CatchTree caught, final Void nothing) {
            expectFinal(caught.getParameter());
            return super.visitCatch(caught, nothing);
        }

        @Override
        public Void visitEnhancedForLoop(final EnhancedForLoopTree loop, final Void nothing) {
            expectFinal(loop.getVariable());
            return super.visitEnhancedForLoop(loop, nothing);
        }

        private void expectFinal(final VariableTree parameter) {
            if (!parameter.getModifiers().getFlags().contains(Modifier.FINAL)) {
                final long start = positions.getStartPosition(unit, parameter);
                found.add(ROOT.relativize(Path.of(unit.getSourceFile().toUri())) + ":"
                        + unit.getLineMap().getLineNumber(start) + ": " + parameter);
            }
        }
    }
}
