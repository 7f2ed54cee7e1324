package io.bihuan.webhook.web;

import io.bihuan.webhook.Delivery;
import io.bihuan.webhook.Endpoint;
import java.util.List;

/** One message to one endpoint with every attempt. */
public record DeliveryPage(Endpoint endpoint, Delivery delivery, List<Delivery.Attempt> attempts) {}
