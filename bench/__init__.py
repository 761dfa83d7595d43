"""What is measured: `site`, how fast pages load; `gpu`, what kernels do on a GPU."""
