// Tests stand here.
