package io.bihuan;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A {@link BihuanTest} with a second business line {@code every}, whose form has one question of each type. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@BihuanTest(properties = {"bihuan.business-lines.appliance=appliance", "bihuan.business-lines.every=every-field"})
public @interface EveryFieldTest {}
