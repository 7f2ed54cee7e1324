package io.bihuan.wechat;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Reads the settings of the accounts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WeChatSettings.class)
class WeChatConfiguration {}
