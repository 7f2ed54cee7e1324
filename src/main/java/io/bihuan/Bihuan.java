package io.bihuan;

import io.bihuan.platform.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** Starts the platform, or runs one command on it: {@code java -jar bihuan.jar [command] [arguments]}. */
// Two modules may each have an Uploads: a bean is named by its whole class.
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class Bihuan {
    public static void main(String[] arguments) throws Exception {
        if (Commands.isCommand(arguments)) {
            System.exit(Commands.run(Bihuan.class, arguments));
        }
        SpringApplication.run(Bihuan.class, arguments);
    }
}
