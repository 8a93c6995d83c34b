open(drawCurves);
