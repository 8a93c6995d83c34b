package org.gradienttape.site;

/**
 * A platform by Eclipse's names.
 *
 * @param os of osgi.os
 * @param windowing of osgi.ws
 * @param architecture of osgi.arch
 * @param classifier of libtorch's jar
 * @param library the file in that jar which holds the CPU's operations
 */
record Platform(String os, String windowing, String architecture, String classifier, String library) {
    static final Platform LINUX_X86_64 = new Platform("linux", "gtk", "x86_64", "linux-x86_64", "libtorch_cpu.so");
    static final Platform LINUX_AARCH64 = new Platform("linux", "gtk", "aarch64", "linux-aarch64", "libtorch_cpu.so");
    static final Platform WINDOWS_X86_64 = new Platform("win32", "win32", "x86_64", "win-x86_64", "torch_cpu.dll");
    static final Platform MACOS_AARCH64 =
            new Platform("macosx", "cocoa", "aarch64", "osx-aarch64", "libtorch_cpu.dylib");

    String fragment() {
        return "org.gradienttape.natives." + os + "." + architecture;
    }

    String folder() {
        return "natives/" + os + "-" + architecture;
    }

    @Override
    public String toString() {
        return os + "-" + architecture;
    }
}
