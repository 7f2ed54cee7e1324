package io.bihuan.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record of parameters that many handlers share: a handler that takes it gets each of its components as if it stood there as a
 * parameter of its own, by its annotations and in their order. A component may be of a type variable of the record.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AsParameters {}
