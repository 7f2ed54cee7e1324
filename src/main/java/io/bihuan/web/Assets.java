package io.bihuan.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.webjars.WebJarVersionLocator;

/** Addresses of scripts, styles and pictures that change with their content, so that a browser keeps them for good. */
@Component
class Assets {
    private final Map<String, String> urls = new ConcurrentHashMap<>();
    private final WebJarVersionLocator webjars = new WebJarVersionLocator();

    /** @param name {@code bihuan.css} for a file of {@code static/app}, {@code htmx.org:dist/htmx.min.js} for one of a webjar */
    String url(String name) {
        return urls.computeIfAbsent(name, this::address);
    }

    private String address(String name) {
        int colon = name.indexOf(':');
        if (colon < 0) {
            return "/app/" + name + "?v=" + digest("static/app/" + name);
        }
        String path = webjars.path(name.substring(0, colon), name.substring(colon + 1));
        if (path == null) {
            throw new IllegalArgumentException("no webjar has " + name);
        }
        return "/webjars/" + path;
    }

    private static String digest(String resource) {
        try (InputStream in = new ClassPathResource(resource).getInputStream()) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            return HexFormat.of().formatHex(hash, 0, 5);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
