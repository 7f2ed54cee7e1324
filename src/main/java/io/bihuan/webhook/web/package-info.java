@org.jspecify.annotations.NullMarked
package io.bihuan.webhook.web;
