package dev.poolwright.proxy;

/** Does nothing: the control of an experiment, through the same pipeline as every fault. */
public record NoFault() implements Fault {}
