"""What a student's server does without, and how long it waits; every server of a class reads this.

The hub of one machine and the image for Kubernetes name this folder in JUPYTER_CONFIG_PATH.
"""

c = get_config()  # noqa: F821  Jupyter's

# Nothing in a lesson needs these.
c.ServerApp.terminals_enabled = False
c.LabApp.extension_manager = "readonly"
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"

# A kernel whose tab is closed ends after half an hour, a server without kernels an hour later.
c.MappingKernelManager.cull_idle_timeout = 30 * 60
c.MappingKernelManager.cull_interval = 5 * 60
c.ServerApp.shutdown_no_activity_timeout = 60 * 60

# A photo travels to Python as one message; Tornado would cut the line at 10 MB.
c.ServerApp.tornado_settings = {"websocket_max_message_size": 256 * 2**20}
