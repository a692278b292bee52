import HookRuntime
print(runHook())
