/** The callback of the platform and the page that ties an OpenID to a phone. */
@org.jspecify.annotations.NullMarked
package io.bihuan.wechat.web;
