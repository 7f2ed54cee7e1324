package io.bihuan;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the platform. */
@SpringBootApplication
public class Bihuan {
    public static void main(String[] arguments) {
        SpringApplication.run(Bihuan.class, arguments);
    }
}
