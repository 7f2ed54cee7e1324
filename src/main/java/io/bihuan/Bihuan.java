package io.bihuan;

import io.bihuan.platform.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** Starts the platform, or runs one command on it: {@code java -jar bihuan.jar [command] [arguments]}. */
// Two modules may each have an Uploads: a bean is named by its whole class.
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class Bihuan {
    /** So many carriers of virtual threads at least: one that waits for a class to be loaded or initialized holds its carrier. */
    private static final int LEAST_CARRIERS = 16;

    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    public static void main(String[] arguments) throws Exception {
        // On two processors two such waits at the start stood in the way of the very thread that loaded the class.
        int carriers = Math.max(LEAST_CARRIERS, Runtime.getRuntime().availableProcessors());
        System.setProperty(CARRIERS, System.getProperty(CARRIERS, String.valueOf(carriers)));
        if (Commands.isCommand(arguments)) {
            System.exit(Commands.run(Bihuan.class, arguments));
        }
        SpringApplication.run(Bihuan.class, arguments);
    }
}
