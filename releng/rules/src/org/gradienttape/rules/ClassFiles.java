package org.gradienttape.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;

/** The class files that the build has just made. */
final class ClassFiles {
    /** The root folder of the checkout. */
    static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));

    /** Engine and nodes. */
    static final JavaClasses PLUGIN = new ClassFileImporter().importPath(ROOT.resolve("target/classes"));

    static final JavaClasses ENGINE =
            PLUGIN.that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("org.gradienttape.nodes..")));

    static final JavaClasses NODES = PLUGIN.that(JavaClass.Predicates.resideInAPackage("org.gradienttape.nodes.."));

    static final JavaClasses HOST = new ClassFileImporter().importPath(ROOT.resolve("host/target/classes"));

    private ClassFiles() {}
}
