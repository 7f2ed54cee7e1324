package io.bihuan.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.converters.ModelConverterRegistrar;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.core.annotation.AuthenticationPrincipal;

/** What the document of the interface says beside the operations: how to sign in and how failures look. */
@TestConfiguration(proxyBeanMethods = false)
public class ApiDescription {
    private static final String BEARER = "bearer";
    private static final Map<String, String> FAILURES = new LinkedHashMap<>();

    static {
        FAILURES.put("400", "The request cannot be read, or fields are wrong: `errors` points at each");
        FAILURES.put("401", "No token, or one that is not valid");
        FAILURES.put("403", "The token lacks the scope, or does not reach this business line or channel");
        FAILURES.put("404", "There is no such thing, or not for this token");
        FAILURES.put("409", "The complaint changed since `expectedVersion`, or the external number is known");
        FAILURES.put("413", "The body is longer than 1.5 MB");
        FAILURES.put("415", "The body is not JSON");
        FAILURES.put("429", "Too many calls; `Retry-After` says how many seconds to wait");
        FAILURES.put("422", "A rule does not allow it; `detail` says why");
    }

    /** The registrar is asked for because nobody else asks for it, and without it no converter works. */
    @Bean
    @Lazy
    OpenAPI api(ModelConverterRegistrar registrar) {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Texts.class)
                .addAnnotationsToIgnore(AuthenticationPrincipal.class);
        return new OpenAPI()
                .info(new Info()
                        .title("Bihuan API")
                        .version("v1")
                        .description(
                                "Complaints from registration to the archive. Texts come in Chinese, or in English with"
                                        + " `Accept-Language: en`. Times are RFC 3339 in UTC."))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("A token; each operation needs one of its scopes"))
                        .addSchemas("Problem", problem()))
                .servers(List.of(new Server().url("/")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    @Bean
    @Lazy
    OpenApiCustomizer describedFailures() {
        return api -> api.getPaths()
                .values()
                .forEach(path -> path.readOperationsMap()
                        .forEach((method, operation) -> FAILURES.forEach((status, description) -> {
                            boolean isOfBodies = status.equals("409")
                                    || status.equals("413")
                                    || status.equals("415")
                                    || status.equals("422");
                            if (!isOfBodies || operation.getRequestBody() != null) {
                                add(operation, status, description);
                            }
                        })));
    }

    private static void add(Operation operation, String status, String description) {
        operation
                .getResponses()
                .addApiResponse(
                        status,
                        new ApiResponse()
                                .description(description)
                                .content(new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType().schema(new Schema<>().$ref("Problem")))));
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("RFC 9457")
                .addProperty("type", new StringSchema().example("about:blank"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema().example(400))
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema().example("/api/v1/complaints"))
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(new ObjectSchema()
                                        .addProperty(
                                                "pointer",
                                                new StringSchema()
                                                        .description("JSON pointer as a fragment")
                                                        .example("#/customer/phone"))
                                        .addProperty("detail", new StringSchema())));
    }
}
