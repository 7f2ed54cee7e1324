package io.bihuan.pack;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Gives everybody the description of packs by which editors complete them. */
@Configuration(proxyBeanMethods = false)
class PackSchemaRoute {
    static final String FILE = PackFolder.ROOT + "schema.json";

    @Bean
    RouterFunction<ServerResponse> packSchema() {
        return RouterFunctions.route()
                .GET(
                        "/api/v1/pack.schema.json",
                        request -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .cacheControl(CacheControl.noCache())
                                .body(new ClassPathResource(FILE)))
                .build();
    }
}
