package io.bihuan.platform;

import java.io.PrintStream;
import java.util.List;

/**
 * A command of {@code java -jar bihuan.jar <command> <arguments>}: a bean whose name is the command's. It runs in an application
 * without web server in which only the beans it needs are made, beside a running application too.
 */
public interface CommandLine {
    /** Runs it and gives the exit code: 0 if all is well. */
    int run(List<String> arguments, PrintStream out) throws Exception;
}
