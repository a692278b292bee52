/* Nothing: the linker knows the function by its name. */
