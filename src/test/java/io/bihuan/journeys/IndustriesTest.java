package io.bihuan.journeys;

import io.bihuan.BihuanTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** An application with a business line of each industry; its test classes share it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BihuanTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "bihuan.business-lines.automobile=automobile",
            "bihuan.business-lines.retail=retail",
            "bihuan.business-lines.ecommerce=ecommerce",
            "bihuan.business-lines.banking=banking",
            "bihuan.business-lines.insurance=insurance",
            "bihuan.business-lines.medical=medical",
            "bihuan.business-lines.telecom=telecom",
            "bihuan.business-lines.property=property",
            "bihuan.business-lines.saas=saas"
        })
@interface IndustriesTest {}
