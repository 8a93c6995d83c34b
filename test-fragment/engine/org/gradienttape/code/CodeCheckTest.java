package org.gradienttape.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What code may use, and what it may not: each refusal was once a way out of the code, or could be one. */
class CodeCheckTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // ends the program, or starts another one
                "System.exit(0);|System.exit",
                "java.util.function.IntConsumer end = System::exit; end.accept(0);|System.exit",
                "Runtime.getRuntime().halt(1);|Runtime.getRuntime",
                "Supplier<Runtime> r = Runtime::getRuntime; r.get();|Runtime.getRuntime",
                "new ProcessBuilder(\"true\").start();|ProcessBuilder",
                "ProcessHandle.current().destroy();|ProcessHandle.current",
                // reflection and class loading
                "Class.forName(\"java.lang.System\");|Class.forName",
                "String.class.getMethods();|Class.getMethods",
                "getClass().getClassLoader();|Class.getClassLoader",
                "getClass().getModule();|Class.getModule",
                "Object.class.getResourceAsStream(\"x\");|Class.getResourceAsStream",
                "java.lang.invoke.MethodHandles.lookup();|MethodHandles.lookup",
                "java.lang.reflect.Proxy.isProxyClass(null);|Proxy.isProxyClass",
                "java.util.ServiceLoader.load(Object.class);|ServiceLoader.load",
                "java.util.ResourceBundle.getBundle(\"x\");|ResourceBundle.getBundle",
                "StackWalker.getInstance();|StackWalker.getInstance",
                "if (Runtime.class == null) return null;|Runtime",
                "Object o = new ClassLoader[0];|ClassLoader",
                "Object o = new Thread[2][3];|Thread",
                "Object o = null; boolean b = o instanceof Process;|Process",
                // threads
                "new Thread(() -> {}).start();|Thread",
                "Thread.currentThread().stop();|Thread.currentThread",
                "Thread.sleep(1);|Thread.sleep",
                "new java.util.Timer();|Timer",
                "java.util.concurrent.ForkJoinPool.commonPool();|ForkJoinPool.commonPool",
                "java.util.concurrent.CompletableFuture.runAsync(() -> {});|CompletableFuture.runAsync",
                "java.util.List.of(1).parallelStream();|List.parallelStream",
                "java.util.stream.IntStream.range(0, 2).parallel();|IntStream.parallel",
                "java.util.Arrays.parallelSort(new int[2]);|Arrays.parallelSort",
                "java.util.stream.StreamSupport.stream(null, true);|StreamSupport.stream",
                // keeps others waiting
                "synchronized (java.util.TimeZone.class) { }|synchronized",
                "Object o = \"\"; o.wait();|Object.wait",
                // files, sockets, what belongs to the whole program
                "new java.io.File(\"x\").delete();|File",
                "java.nio.file.Files.delete(java.nio.file.Path.of(\"x\"));|Path.of",
                "new java.io.FileWriter(\"x\");|FileWriter",
                "new java.util.Formatter(\"x\");|Formatter",
                "new java.util.Scanner(\"x\");|Scanner",
                "new java.net.Socket(\"localhost\", 1);|Socket",
                "new java.net.URL(\"file:/x\").openStream();|URL",
                "new java.util.zip.ZipFile(\"x\");|ZipFile",
                "System.getProperty(\"user.home\");|System.getProperty",
                "System.getenv();|System.getenv",
                "System.setProperty(\"a\", \"b\");|System.setProperty",
                "System.LoggerFinder.getLoggerFinder();|System.LoggerFinder.getLoggerFinder",
                "Integer.getInteger(\"x\");|Integer.getInteger",
                "Boolean.getBoolean(\"x\");|Boolean.getBoolean",
                "java.util.Locale.setDefault(java.util.Locale.ROOT);|Locale.setDefault",
                "java.util.TimeZone.setDefault(null);|TimeZone.setDefault",
                "System.gc();|System.gc",
                "System.setOut(null);|System.setOut",
                // once ways out of a list of what was forbidden
                "System.getProperties().clear();|System.getProperties",
                "javax.net.ssl.SSLContext.setDefault(null);|SSLContext.setDefault",
                "javax.net.ssl.HttpsURLConnection.setDefaultHostnameVerifier(null);|HttpsURLConnection.setDefaultHostnameVerifier",
                "java.net.URL.setURLStreamHandlerFactory(null);|URL.setURLStreamHandlerFactory",
                "java.security.Security.removeProvider(\"SUN\");|Security.removeProvider",
                "java.util.Locale.setDefault(java.util.Locale.Category.FORMAT, java.util.Locale.ROOT);|Locale.setDefault"
            })
    void whatReachesBeyondTheCodeIsRefusedWithItsLine(final String statement, final String named) {
        assertThatThrownBy(() -> run(statement))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "The step's Java code may not use " + named + " (line 5: \"" + statement + "\")")
                .hasMessageEndingWith("remove it in the node's settings.");
    }

    /** Once ways out of a list of what was forbidden; the compiler does not even see them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "new javax.swing.UIDefaults.ProxyLazyValue(\"x\");|javax.swing cannot be resolved",
                "javax.xml.transform.TransformerFactory.newInstance();|javax.xml cannot be resolved",
                "java.beans.Expression e = null; e.execute();|java.beans cannot be resolved"
            })
    void whatBelongsToOtherPartsOfJavaIsNotThere(final String statement, final String why) {
        assertThatThrownBy(() -> run(statement))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"System.out.println(1);", "System.err.print(1);", "new Exception().printStackTrace();"})
    void whoeverPrintsIsToldHow(final String statement) {
        assertThatThrownBy(() -> run(statement)).hasMessageEndingWith("; write with run.log(...) instead.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class Mine extends Thread {}|may not use Thread (line 1",
                "class Mine implements java.util.concurrent.Callable<Object> { public Object call() { return 1; } }|Callable",
                "class Mine { java.io.File file; }|may not use File (line 1",
                "class Mine { void run(ClassLoader loader) {} }|ClassLoader",
                "class Mine { Process run() { return null; } }|Process",
                "class Mine { void run() throws java.io.IOException {} }|IOException",
                "class Mine { void run() { try { run(); } catch (java.io.UncheckedIOException e) {} } }|UncheckedIOException",
                "class Mine { protected void finalize() {} }|finalize",
                "class Mine { native void run(); }|native methods (line 1",
                "class Mine extends java.util.ArrayList<Object> { void run() { parallelStream(); } }|Mine.parallelStream",
                "class Mine { void run() throws Exception { notifyAll(); } }|Object.notifyAll",
                "class Mine { void run() { class Inner extends Thread {} } }|Thread",
                "class Mine { Runnable run() { return new Runnable() { public void run() { System.exit(1); } }; } }|System.exit",
                "record Mine(Thread thread) {}|Thread",
                "interface Mine { default void run() { Runtime.getRuntime(); } }|Runtime.getRuntime",
                "enum Mine { A; Module module; }|Module",
                "abstract class Mine implements java.util.stream.IntStream {}|a stream of its own (line 1",
                "interface Some<T> extends java.util.stream.Stream<T> {} abstract class Mine implements Some<Object> {}|a stream of its own",
                "package java.util; class Mine {}|the package java.util",
                "package java.lang; class Mine {}|the package java.lang"
            })
    void everyPartOfAClassIsLookedAt(final String source, final String named) {
        assertThatThrownBy(() -> CodeCompiler.compile("step", source))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(named);
    }

    /** Ordinary Java, as people write it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return java.util.List.of(1, \"a\", 2.5).toString();|[1, a, 2.5]",
                "var map = new java.util.TreeMap<String, Integer>(); map.merge(\"a\", 1, Integer::sum); return map;|{a=1}",
                "return String.format(java.util.Locale.ROOT, \"%.2f\", Math.PI);|3.14",
                "enum Kind { A, B } return switch (Kind.valueOf(\"B\")) { case A -> 1; case B -> Kind.values().length; };|2",
                "record Pair(int a, long b) {} return new Pair(1, 2).equals(new Pair(1, 2));|true",
                "int[] a = {3, 1, 2}; java.util.Arrays.sort(a); return a.clone()[0];|1",
                "var n = new java.util.concurrent.atomic.AtomicInteger(); java.util.List.of(1, 2).forEach(i -> n.addAndGet(i)); return n;|3",
                "return java.util.stream.Stream.of(\"b\", \"a\").sorted(java.util.Comparator.reverseOrder()).toList();|[b, a]",
                "return new java.math.BigDecimal(\"0.1\").add(java.math.BigDecimal.ONE);|1.1",
                "return java.time.Duration.ofMinutes(2);|PT2M",
                "return java.util.regex.Pattern.compile(\"a+\").matcher(\"caab\").replaceAll(\"x\");|cxb",
                "return new java.text.DecimalFormat(\"0.0\", new java.text.DecimalFormatSymbols(java.util.Locale.ROOT)).format(2);|2.0",
                "assert getClass().getSimpleName().isEmpty(); return getClass().getSimpleName();|Mine",
                "try { throw new IllegalStateException(\"x\"); } catch (RuntimeException e) { return e.getMessage(); }|x",
                "long t = System.nanoTime(); return System.nanoTime() >= t;|true",
                "class Res implements AutoCloseable { public void close() {} } try (Res r = new Res()) { return 7; }|7",
                "Object o = 5; return o instanceof Integer i && i > 4;|true",
                "Supplier<java.util.ArrayList<Object>> made = java.util.ArrayList::new; return made.get().size();|0",
                "return new StringBuilder(\"ab\").reverse().chars().sum();|195",
                "Iterable<Integer> all = () -> java.util.List.of(1, 2).iterator(); int s = 0; for (int i : all) s += i; return s;|3",
                "var random = new java.util.SplittableRandom(1); return random.nextInt(1);|0"
            })
    void ordinaryJavaIsFine(final String statements, final String result) {
        assertThat(run(statements)).hasToString(result);
    }

    @Test
    void aClassOfOnesOwnMayHaveAnyName() {
        final Supplier<?> object = CodeCompiler.compile(
                        "step",
                        "package my.code; public class Mine implements"
                                + " java.util.function.Supplier<Object> { static class Thread { int parallel() { return 3; } }"
                                + " public Object get() { return new Thread().parallel(); } }")
                .newInstance(Supplier.class);

        assertThat(object.get()).isEqualTo(3);
    }

    @Test
    void whatIsNotAllowedCannotBeLoadedEither() throws ClassNotFoundException {
        final CodeClassLoader loader = new CodeClassLoader("step code", java.util.Map.of());

        assertThatThrownBy(() -> loader.loadClass("java.lang.Runtime")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> loader.loadClass("org.gradienttape.code.CodeCheck"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(loader.loadClass("java.lang.Math")).isEqualTo(Math.class);
    }

    private static Object run(final String statements) {
        final String source = "import java.util.function.Supplier;\n"
                + "public class Mine implements Supplier<Object> {\n"
                + "    @Override public Object get() { try { return run(); } catch (Exception e) { return e; } }\n"
                + "    private Object run() throws Exception { if (toString() != null) {\n"
                + statements + "\n    }\n    return null; }\n}\n";
        return CodeCompiler.compile("step", source).newInstance(Supplier.class).get();
    }
}
