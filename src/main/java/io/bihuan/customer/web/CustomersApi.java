package io.bihuan.customer.web;

import io.bihuan.customer.Customers;
import io.bihuan.customer.Identity;
import io.bihuan.customer.Person;
import io.bihuan.identity.TokenPrincipal;
import io.bihuan.web.BadInput;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Customers as the company's own systems know them, by their own numbers. */
@RestController
@RequestMapping(path = "/api/v1/customers", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Customers")
class CustomersApi {
    private final Customers customers;

    CustomersApi(Customers customers) {
        this.customers = customers;
    }

    @GetMapping("/{number}")
    @Operation(
            summary = "A customer by the own number",
            description = "Of a customer that was merged into another: that other, with the numbers of both.")
    CustomerAnswer show(@Parameter(description = "The company's own number of the customer") @PathVariable String number) {
        return CustomerAnswer.of(customers.find(identity(number)).orElseThrow(Customers.Unknown::new));
    }

    @PutMapping(path = "/{number}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Register a customer, or complete one",
            description =
                    "Sent again it changes nothing. What is absent stays as it is; contacts and things are added. Somebody who is"
                            + " known by one of the contacts already gets the number. A contact of another customer is refused (409)"
                            + " and nothing is stored.")
    @ApiResponse(responseCode = "200", description = "Known before, complete now")
    @ApiResponse(responseCode = "201", description = "New")
    ResponseEntity<CustomerAnswer> update(
            @Parameter(description = "The company's own number of the customer, 1 to 100 characters") @PathVariable
            String number,
            @Valid @RequestBody CustomerBody body,
            @AuthenticationPrincipal TokenPrincipal token) {
        Customers.Put put = customers.put(body.details(identity(number)), token.actor());
        UUID id = put.id();
        if (id == null) {
            throw new Customers.Conflict("customer.refused.held");
        }
        Person person = Objects.requireNonNull(customers.find(id).orElse(null));
        return ResponseEntity.status(put.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(CustomerAnswer.of(person));
    }

    private static Identity identity(String number) {
        return Identity.number(number).orElseThrow(() -> new BadInput("/number", "customer.field.number"));
    }
}
