;;; Opens a spec, compiles it as its directory says, and visits what is found.
(setq enable-local-variables :all
      enable-local-eval t
      compilation-ask-about-save nil)
(find-file (getenv "SPEC"))
(let ((spec (current-buffer))
      (command (if (getenv "PRINTED") (concat "cat " (getenv "PRINTED"))
                 (and (local-variable-p 'compile-command) (eval compile-command))))
      seen)
  (when command
    (let ((process (get-buffer-process (compile command))))
      (while (process-live-p process) (accept-process-output process 0.1))
      (while (accept-process-output process 0.1)))
    (with-current-buffer "*compilation*"
      (compilation--ensure-parse (point-max))
      (goto-char (point-min))
      (condition-case nil
          (while t
            (compilation-next-error 1)
            (let* ((message (get-text-property (point) 'compilation-message))
                   (place (compilation--message->loc message)))
              (push (vector (car (compilation--file-struct->file-spec
                                  (compilation--loc->file-struct place)))
                            (or (compilation--loc->line place) 0)
                            (or (compilation--loc->col place) 0)
                            (compilation--message->type message))
                    seen)))
        (error nil)))
    (with-current-buffer spec
      (ignore-errors (next-error 1 t))))
  (let ((at (with-current-buffer (if command (window-buffer) spec)
              (vector buffer-file-name (line-number-at-pos) (1+ (current-column))))))
    (princ (json-encode
            `((command . ,command)
              (seen . ,(vconcat (nreverse seen)))
              (at . ,at)
              (eglot . ,(and (boundp 'eglot-workspace-configuration)
                             (prin1-to-string eglot-workspace-configuration))))))))
