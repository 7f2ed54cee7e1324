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
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.converters.ModelConverterRegistrar;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.core.annotation.AuthenticationPrincipal;

/** What {@code /api/v1/openapi.json} says beside the operations: how to sign in and how failures look. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    private static final String BEARER = "bearer";
    private static final Map<String, String> FAILURES = new LinkedHashMap<>();

    static {
        FAILURES.put("400", "The request cannot be read, or fields are wrong: `errors` points at each");
        FAILURES.put("401", "No token, or one that is not valid");
        FAILURES.put("403", "The token lacks the scope");
        FAILURES.put("404", "No such complaint");
        FAILURES.put("409", "The complaint changed since `expectedVersion`, or the external number is known");
        FAILURES.put("413", "The body is longer than 1.5 MB");
        FAILURES.put("415", "The body is not JSON");
        FAILURES.put("422", "A rule does not allow it; `detail` says why");
    }

    /** Its parts are made when somebody first asks for the document: together they would take a tenth of the start. */
    @Bean
    static BeanFactoryPostProcessor describedLate() {
        return beans -> {
            for (String name : beans.getBeanDefinitionNames()) {
                BeanDefinition definition = beans.getBeanDefinition(name);
                if (isOfTheDocument(name)
                        || isOfTheDocument(definition.getFactoryBeanName())
                        || isOfTheDocument(definition.getBeanClassName())) {
                    definition.setLazyInit(true);
                }
            }
        };
    }

    private static boolean isOfTheDocument(@Nullable String name) {
        return name != null && name.startsWith("org.springdoc.");
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
                                        .description("A token with the scopes complaints:read and complaints:write"))
                        .addSchemas("Problem", problem()))
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
