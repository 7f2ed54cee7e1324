package io.bihuan;

import io.bihuan.platform.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the platform, or runs one command on it: {@code java -jar bihuan.jar [command] [arguments]}. */
@SpringBootApplication
public class Bihuan {
    public static void main(String[] arguments) throws Exception {
        if (Commands.isCommand(arguments)) {
            System.exit(Commands.run(Bihuan.class, arguments));
        }
        SpringApplication.run(Bihuan.class, arguments);
    }
}
