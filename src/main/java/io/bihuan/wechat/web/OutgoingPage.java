package io.bihuan.wechat.web;

import io.bihuan.wechat.Outgoing;
import java.util.List;

/** The messages that have not reached their customers, newest first. */
public record OutgoingPage(List<Outgoing.Line> lines) {}
