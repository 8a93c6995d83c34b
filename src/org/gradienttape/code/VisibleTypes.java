package org.gradienttape.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileReader;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFormatException;
import org.eclipse.jdt.internal.compiler.env.INameEnvironment;
import org.eclipse.jdt.internal.compiler.env.NameEnvironmentAnswer;
import org.gradienttape.layer.Mode;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.Metric;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.step.CustomStep;
import org.gradienttape.tensor.Tensor;

/**
 * The types that the compiler finds: those that steps, losses and metrics are written with, and those of the module java.base. Which of them code may
 * use is in {@link AllowedCode}.
 */
final class VisibleTypes implements INameEnvironment {
    /** Our packages that code may name types of; of all but the first only some, see {@link AllowedCode}. */
    private static final Set<String> OURS = Set.of(
            CustomStep.class.getPackageName(),
            Tensor.class.getPackageName(),
            Mode.class.getPackageName(),
            Loss.class.getPackageName(),
            Metric.class.getPackageName(),
            Optimizer.class.getPackageName());

    private static final Module JDK = Object.class.getModule();

    /** The packages of Java that everybody may name. */
    private static final Set<String> JDK_PACKAGES = JDK.getDescriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> PACKAGES = withParents(JDK_PACKAGES);

    @Override
    public NameEnvironmentAnswer findType(final char[][] compoundTypeName) {
        return find(joined(compoundTypeName));
    }

    @Override
    public NameEnvironmentAnswer findType(final char[] typeName, final char[][] packageName) {
        final String name = new String(typeName);
        return find(packageName.length == 0 ? name : joined(packageName) + "." + name);
    }

    @Override
    public boolean isPackage(final char[][] parentPackageName, final char[] packageName) {
        final String name = new String(packageName);
        return PACKAGES.contains(
                parentPackageName == null || parentPackageName.length == 0
                        ? name
                        : joined(parentPackageName) + "." + name);
    }

    @Override
    public void cleanup() {
        // nothing is kept
    }

    private static NameEnvironmentAnswer find(final String name) {
        final String folder = name.substring(0, Math.max(name.lastIndexOf('.'), 0));
        final String file = name.replace('.', '/') + ".class";
        try (InputStream in = open(folder, file)) {
            return in == null
                    ? null
                    : new NameEnvironmentAnswer(new ClassFileReader(in.readAllBytes(), file.toCharArray(), true), null);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final ClassFormatException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    private static InputStream open(final String folder, final String file) throws IOException {
        if (isOurs(folder)) {
            return CustomStep.class.getResourceAsStream("/" + file);
        }
        return JDK_PACKAGES.contains(folder) ? JDK.getResourceAsStream(file) : null;
    }

    static boolean isOurs(final String folder) {
        return OURS.contains(folder);
    }

    private static String joined(final char[][] names) {
        return Stream.of(names).map(String::new).collect(Collectors.joining("."));
    }

    private static Set<String> withParents(final Set<String> packages) {
        final Set<String> all = new HashSet<>();
        Stream.concat(packages.stream(), OURS.stream()).forEach(name -> {
            for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
                all.add(name.substring(0, end));
            }
        });
        return all;
    }
}
