package io.bihuan.platform;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.stereotype.Component;

/** Runs the {@link CommandLine} that the first argument names. */
public final class Commands {
    private static final int WRONG_USE = 2;

    private Commands() {}

    /** A first argument that is no option is meant as a command. */
    public static boolean isCommand(String[] arguments) {
        return arguments.length > 0 && !arguments[0].startsWith("-");
    }

    /** Runs it on this application and gives its exit code; {@code --} arguments are settings, the others the command's. */
    public static int run(Class<?> application, String[] arguments) throws Exception {
        return run(
                application,
                arguments,
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    }

    static int run(Class<?> application, String[] arguments, PrintStream out) throws Exception {
        String name = arguments[0];
        SortedSet<String> known = names(application.getPackageName());
        if (!known.contains(name)) {
            out.println(name + "? " + String.join(" | ", known));
            return WRONG_USE;
        }
        List<String> settings = new ArrayList<>(Stream.of(arguments)
                .filter(argument -> argument.startsWith("--"))
                .toList());
        settings.addAll(List.of("--bihuan.command=" + name, "--bihuan.epoch-check=false"));
        List<String> own = Stream.of(arguments)
                .skip(1)
                .filter(argument -> !argument.startsWith("--"))
                .toList();
        try (var context = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .initializers(unstarted ->
                        unstarted.getBeanFactory().registerSingleton("lifecycleProcessor", new NothingStarts()))
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(Map.of("logging.level.root", "warn", "logging.level.org.flywaydb", "error"))
                .run(settings.toArray(String[]::new))) {
            return context.getBean(name, CommandLine.class).run(own, out);
        }
    }

    /** Loops of the serving application (alarms, followers) stay asleep, although lifecycle beans are made even when lazy. */
    private static final class NothingStarts implements LifecycleProcessor {
        @Override
        public void onRefresh() {}

        @Override
        public void onClose() {}

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }

    /** Found by their annotation, so that a misspelt command starts no database. */
    private static SortedSet<String> names(String root) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(CommandLine.class));
        var names = new TreeSet<String>();
        for (var found : scanner.findCandidateComponents(root)) {
            if (found instanceof AnnotatedBeanDefinition annotated) {
                Map<String, Object> component =
                        annotated.getMetadata().getAnnotationAttributes(Component.class.getName());
                if (component != null) {
                    names.add((String) component.get("value"));
                }
            }
        }
        return names;
    }
}
