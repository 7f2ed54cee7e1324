package io.bihuan.telephony;

import java.time.Duration;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How many people a hotline needs. Calls come at random, talks last about {@code handling}; Erlang C lets everybody wait for ever,
 * Erlang A (M/M/n+M) lets callers give up after {@code patience} in the mean.
 *
 * @param calls in one {@code interval}
 */
public record Staffing(double calls, Duration interval, Duration handling) {
    /** No hotline of one queue is larger. */
    public static final int MOST_AGENTS = 5_000;

    /** Steps of the integral: enough for nine digits at the loads of a hotline. */
    private static final int STEPS = 4_000;
    /** Less than that is never, and its reciprocal still a number. */
    private static final double LEAST = 1e-250;

    /**
     * How it goes with so many people.
     *
     * @param waiting share of callers who have to wait
     * @param level share of all callers who are answered in time
     * @param abandoned share of all callers who give up
     * @param speed how long callers wait in the mean (Erlang A: those who give up included); null when the queue grows for ever
     * @param occupancy share of the time in which people talk
     */
    public record Outcome(
            int agents,
            double waiting,
            double level,
            double abandoned,
            @Nullable Double speed,
            double occupancy) {}

    public Staffing {
        if (!(calls >= 0) || calls > 1e7 || !isPositive(interval) || !isPositive(handling)) {
            throw new IllegalArgumentException("calls, interval and handling time must be positive");
        }
    }

    /** The offered load a = λ·AHT in Erlangs: so many people talk in the mean. */
    public double load() {
        return calls * seconds(handling) / seconds(interval);
    }

    /** The share of calls that finds all agents talking when nobody can wait (Erlang B), by the recursion that never overflows. */
    public static double blocked(double load, int agents) {
        double blocked = 1;
        for (int n = 1; n <= agents; n++) {
            blocked = load * blocked / (n + load * blocked);
        }
        return blocked;
    }

    /** Erlang C: everybody waits until somebody answers. */
    public Outcome patient(int agents, Duration target) {
        double load = load();
        if (agents <= load) {
            return new Outcome(agents, 1, 0, 0, null, agents == 0 ? 0 : 1);
        }
        double blocked = blocked(load, agents);
        double waiting = agents * blocked / (agents - load * (1 - blocked));
        double free = agents - load;
        return new Outcome(
                agents,
                waiting,
                1 - waiting * Math.exp(-free * seconds(target) / seconds(handling)),
                0,
                waiting * seconds(handling) / free,
                load / agents);
    }

    /** Erlang A: callers give up after {@code patience} in the mean. */
    public Outcome impatient(int agents, Duration target, Duration patience) {
        if (calls == 0) {
            return new Outcome(agents, 0, 1, 0, 0.0, 0);
        }
        double arrivals = calls / seconds(interval);
        double served = agents / seconds(handling);
        double leaving = 1 / seconds(patience);
        double blocked = blocked(load(), agents);
        if (blocked < LEAST) {
            return new Outcome(agents, 0, 1, 0, 0.0, load() / agents);
        }
        Queue queue = queue(arrivals, served, leaving);
        // The states with a free agent weigh 1/B − 1 times the one in which the last has just been taken.
        double below = Math.log(1 / blocked - 1);
        double scale = Math.max(below, queue.logWeight);
        double logTotal = scale + Math.log(Math.exp(below - scale) + Math.exp(queue.logWeight - scale));
        double waiting = agents == 0 ? 1 : Math.exp(queue.logWeight - logTotal);
        double length = waiting * queue.meanLength;
        double abandoned = Math.min(1, leaving * length / arrivals);
        return new Outcome(
                agents,
                waiting,
                Math.min(1, (1 - waiting) + answeredWithin(seconds(target), arrivals, served, leaving, logTotal)),
                abandoned,
                length / arrivals,
                agents == 0 ? 0 : Math.min(1, load() * (1 - abandoned) / agents));
    }

    /** The fewest people with whom this share is answered in time; null when not even {@value #MOST_AGENTS} are enough. */
    public @Nullable Integer agents(double share, Duration target, @Nullable Duration patience) {
        IntPredicate isEnough = agents ->
                (patience == null ? patient(agents, target) : impatient(agents, target, patience)).level() >= share;
        int few = -1;
        int many = (int) Math.min(MOST_AGENTS, Math.max(1, Math.ceil(load() + 4 * Math.sqrt(load()) + 4)));
        while (!isEnough.test(many)) {
            if (many == MOST_AGENTS) {
                return null;
            }
            few = many;
            many = Math.min(MOST_AGENTS, many * 2);
        }
        while (many - few > 1) {
            int middle = (few + many) >>> 1;
            if (isEnough.test(middle)) {
                many = middle;
            } else {
                few = middle;
            }
        }
        return many;
    }

    /** How many must be on the roster so that so many sit at the telephone: some are ill, in training, at rest. */
    public static int rostered(int agents, double shrinkage) {
        // What is a whole number but for rounding must not cost one person more.
        return (int) Math.ceil(agents / (1 - shrinkage) - 1e-9);
    }

    /** The states in which all agents talk and k callers wait, weighed against the one with k = 0. */
    private record Queue(double logWeight, double meanLength) {}

    private static Queue queue(double arrivals, double served, double leaving) {
        double term = 1;
        double weight = 1;
        double lengths = 0;
        double logScale = 0;
        double peak = (arrivals - served) / leaving;
        for (int k = 1; ; k++) {
            term *= arrivals / (served + k * leaving);
            weight += term;
            lengths += k * term;
            if (weight > 1e200 || lengths > 1e200) {
                logScale += Math.log(1e200);
                term /= 1e200;
                weight /= 1e200;
                lengths /= 1e200;
            }
            if (k > peak && k * term < 1e-14 * Math.max(weight, lengths)) {
                return new Queue(Math.log(weight) + logScale, lengths / weight);
            }
        }
    }

    /**
     * The share that waits and is answered within t. The wait that a caller without end of patience would have has the density
     * π_n·nμ·exp(λ/θ·(1 − e^{−θv}) − nμv); he is still there with probability e^{−θv}. Integrated by Simpson's rule.
     */
    private static double answeredWithin(
            double until, double arrivals, double served, double leaving, double logTotal) {
        if (until == 0 || served == 0) {
            return 0;
        }
        // Beyond so many mean times between two free agents nothing is left to add when all are served.
        double end = served > arrivals ? Math.min(until, 60 / (served - arrivals)) : until;
        double step = end / STEPS;
        double sum = 0;
        for (int i = 0; i <= STEPS; i++) {
            double v = i * step;
            double exponent = arrivals / leaving * -Math.expm1(-leaving * v) - (served + leaving) * v;
            double density = served * Math.exp(exponent - logTotal);
            sum += density * (i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2);
        }
        return sum * step / 3;
    }

    private static boolean isPositive(Duration length) {
        return length.isPositive();
    }

    private static double seconds(Duration length) {
        return length.toNanos() / 1e9;
    }
}
